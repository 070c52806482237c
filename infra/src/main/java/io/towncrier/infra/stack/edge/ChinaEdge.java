package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EdgeSettings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudfront.CfnCloudFrontOriginAccessIdentity;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CookiesProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DefaultCacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DistributionConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.ForwardedValuesProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.OriginProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.S3OriginConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.ViewerCertificateProperty;
import software.amazon.awscdk.services.iam.CanonicalUserPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * CloudFront of China refuses cache policies, origin access control, WAF, ACM and IPv6. It is told
 * the same in its older words; the certificate comes from IAM.
 */
final class ChinaEdge implements EdgeDialect {
  // By name: with all of them, Host would be among them, which the API does not know. What the
  // service reads (its class RequestHeaders). CloudFront takes ten, and more when its quota was
  // raised: docs/deploy-aws.md says to how many.
  private static final List<String> PASSED_ON =
      List.of(
          "Accept",
          "Accept-Language",
          "Access-Control-Request-Method",
          "Authorization",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "Origin",
          "RAUC-Boot-ID",
          "RAUC-System-Version",
          "RAUC-Variant",
          "Sec-Fetch-Site",
          "Towncrier-Console",
          "Towncrier-Poll",
          "Towncrier-Reason",
          "User-Agent",
          "X-Device-Secret");

  private final EdgeSettings settings;
  private final CfnCloudFrontOriginAccessIdentity identity;

  ChinaEdge(Construct scope, Cell cell, EdgeSettings settings) {
    this.settings = settings;
    this.identity =
        CfnCloudFrontOriginAccessIdentity.Builder.create(scope, "OriginAccess")
            .cloudFrontOriginAccessIdentityConfig(
                CfnCloudFrontOriginAccessIdentity.CloudFrontOriginAccessIdentityConfigProperty
                    .builder()
                    .comment(cell.named("artifacts"))
                    .build())
            .build();
  }

  @Override
  public DefaultCacheBehaviorProperty.Builder everythingElse(
      DefaultCacheBehaviorProperty.Builder behavior) {
    return behavior
        .minTtl(0)
        .defaultTtl(0)
        .maxTtl(0)
        .forwardedValues(
            ForwardedValuesProperty.builder()
                .queryString(true)
                .headers(PASSED_ON)
                .cookies(CookiesProperty.builder().forward("all").build())
                .build());
  }

  @Override
  public CacheBehaviorProperty.Builder checks(CacheBehaviorProperty.Builder behavior) {
    return behavior
        .minTtl(0)
        .defaultTtl(0)
        .maxTtl(CHECK_SECONDS)
        .forwardedValues(
            ForwardedValuesProperty.builder()
                .queryString(true)
                .queryStringCacheKeys(CHECK_KEY)
                .cookies(CookiesProperty.builder().forward("none").build())
                .build());
  }

  @Override
  public CacheBehaviorProperty.Builder firmware(CacheBehaviorProperty.Builder behavior) {
    return behavior
        .minTtl(0)
        .defaultTtl(ARTIFACT_SECONDS)
        .maxTtl(ARTIFACT_SECONDS_AT_MOST)
        .forwardedValues(
            ForwardedValuesProperty.builder()
                .queryString(false)
                .cookies(CookiesProperty.builder().forward("none").build())
                .build());
  }

  @Override
  public OriginProperty.Builder store(OriginProperty.Builder origin) {
    return origin.s3OriginConfig(
        S3OriginConfigProperty.builder()
            .originAccessIdentity("origin-access-identity/cloudfront/" + identity.getRef())
            .build());
  }

  @Override
  public void letRead(Bucket artifacts, String distributionId) {
    artifacts.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new CanonicalUserPrincipal(identity.getAttrS3CanonicalUserId())))
            .actions(List.of("s3:GetObject"))
            .resources(List.of(artifacts.arnForObjects("artifacts/*")))
            .conditions(Map.of("StringEquals", ONLY_PUBLISHED))
            .build());
  }

  @Override
  public DistributionConfigProperty finish(DistributionConfigProperty.Builder config) {
    return config
        .httpVersion("http2")
        .ipv6Enabled(false)
        .viewerCertificate(
            ViewerCertificateProperty.builder()
                .iamCertificateId(settings.iamCertificateId())
                .sslSupportMethod("sni-only")
                .minimumProtocolVersion(settings.minimumTls())
                .build())
        .build();
  }
}
