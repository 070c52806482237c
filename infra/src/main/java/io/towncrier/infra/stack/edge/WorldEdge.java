package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EdgeSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DefaultCacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DistributionConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.OriginProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.S3OriginConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.ViewerCertificateProperty;
import software.amazon.awscdk.services.cloudfront.CfnOriginAccessControl;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * With policies, origin access control, and a certificate and a firewall from {@link HomeStack}.
 */
final class WorldEdge implements EdgeDialect {
  // CachingDisabled, which AWS has for everybody.
  private static final String NOT_CACHED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

  private final Stack stack;
  private final EdgePolicies policies;
  private final CfnOriginAccessControl control;
  private final CfnParameter certificate;
  private final CfnParameter firewall;
  private final EdgeSettings settings;

  WorldEdge(Construct scope, Cell cell, EdgeSettings settings) {
    this.settings = settings;
    this.stack = Stack.of(scope);
    this.policies = new EdgePolicies(scope, cell);
    this.control =
        CfnOriginAccessControl.Builder.create(scope, "OriginAccess")
            .originAccessControlConfig(
                CfnOriginAccessControl.OriginAccessControlConfigProperty.builder()
                    .name(cell.named("artifacts"))
                    .originAccessControlOriginType("s3")
                    .signingBehavior("always")
                    .signingProtocol("sigv4")
                    .build())
            .build();
    this.certificate = fromHome("CertificateArn", "acm", "certificate/");
    this.firewall = fromHome("WebAclArn", "wafv2", "global/webacl/");
  }

  @Override
  public DefaultCacheBehaviorProperty.Builder everythingElse(
      DefaultCacheBehaviorProperty.Builder behavior) {
    return behavior.cachePolicyId(NOT_CACHED).originRequestPolicyId(policies.allButHost());
  }

  @Override
  public CacheBehaviorProperty.Builder checks(CacheBehaviorProperty.Builder behavior) {
    return behavior.cachePolicyId(policies.checks()).originRequestPolicyId(policies.contentType());
  }

  @Override
  public CacheBehaviorProperty.Builder firmware(CacheBehaviorProperty.Builder behavior) {
    return behavior.cachePolicyId(policies.firmware());
  }

  @Override
  public OriginProperty.Builder store(OriginProperty.Builder origin) {
    return origin
        .originAccessControlId(control.getRef())
        .s3OriginConfig(S3OriginConfigProperty.builder().originAccessIdentity("").build());
  }

  @Override
  public void letRead(Bucket artifacts, String distributionId) {
    String arn =
        "arn:"
            + stack.getPartition()
            + ":cloudfront::"
            + stack.getAccount()
            + ":distribution/"
            + distributionId;
    artifacts.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudfront.amazonaws.com")))
            .actions(List.of("s3:GetObject"))
            .resources(List.of(artifacts.arnForObjects("artifacts/*")))
            .conditions(Map.of("StringEquals", conditions(arn)))
            .build());
  }

  private static Map<String, Object> conditions(String distribution) {
    Map<String, Object> all = new TreeMap<>(ONLY_PUBLISHED);
    all.put("AWS:SourceArn", distribution);
    return all;
  }

  @Override
  public DistributionConfigProperty finish(DistributionConfigProperty.Builder config) {
    return config
        .webAclId(firewall.getValueAsString())
        .httpVersion("http2and3")
        .ipv6Enabled(true)
        .viewerCertificate(
            ViewerCertificateProperty.builder()
                .acmCertificateArn(certificate.getValueAsString())
                .sslSupportMethod("sni-only")
                .minimumProtocolVersion(settings.minimumTls())
                .build())
        .build();
  }

  // Both are where the cell may not be; the pipeline carries their names over as parameters.
  private CfnParameter fromHome(String name, String service, String resource) {
    return CfnParameter.Builder.create(stack, name)
        .type("String")
        .description("Output " + name + " of the stack that the cell has at home")
        .allowedPattern("arn:[^:]+:" + service + ":us-east-1:[0-9]{12}:" + resource + ".+")
        .build();
  }
}
