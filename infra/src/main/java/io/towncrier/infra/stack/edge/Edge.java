package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EdgeSettings;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Stacks;
import io.towncrier.infra.stack.data.Buckets;
import io.towncrier.infra.stack.data.Secrets;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudfront.CfnDistribution;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CustomErrorResponseProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CustomOriginConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DefaultCacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DistributionConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.OriginCustomHeaderProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.OriginProperty;
import software.constructs.Construct;

/**
 * The CDN: checks from the cache, published firmware, everything else passed on. It keeps no access
 * log, which would be a list of addresses and what they asked.
 */
public final class Edge {
  /** Of both forms; each is kept by its whole path. */
  static final List<String> CHECKS = List.of("/v1/products/*/update", "/v1/products/*/update.txt");

  static final String ARTIFACTS = "/artifacts/*";

  /** By which the API knows the CDN; what a client sends under that name is written over. */
  private static final String SHOWN = "X-Towncrier-Edge";

  private static final String API = "api";
  private static final String STORE = "artifacts";
  private static final String HTTPS_ONLY = "https-only";
  private static final List<String> ALL =
      List.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");
  private static final List<String> READING = List.of("GET", "HEAD");

  // All that CloudFront would keep.
  private static final List<Integer> ERRORS =
      List.of(400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504);

  private final EdgeDialect dialect;
  private final CfnDistribution distribution;

  public Edge(
      CellStack stack,
      Cell cell,
      EdgeSettings settings,
      FrontDoor door,
      Buckets buckets,
      Secrets secrets) {
    Construct scope = new Construct(stack, "Edge");
    this.dialect =
        cell.inChina()
            ? new ChinaEdge(scope, cell, settings)
            : new WorldEdge(scope, cell, settings);
    DistributionConfigProperty.Builder config =
        DistributionConfigProperty.builder()
            .enabled(true)
            // A change, without which CloudFormation would not read the secret again.
            .comment("Towncrier " + cell.name() + ", secrets of " + cell.secretsTurnedOver())
            .aliases(List.of(settings.domain()))
            .origins(List.of(api(door, secrets), artifacts(buckets)))
            .customErrorResponses(notKept())
            .defaultCacheBehavior(everythingElse())
            .cacheBehaviors(
                Stream.concat(CHECKS.stream().map(this::checks), Stream.of(firmware())).toList());
    this.distribution =
        CfnDistribution.Builder.create(scope, "Distribution")
            .distributionConfig(dialect.finish(config))
            .build();
    dialect.letRead(buckets.artifacts(), distribution.getRef());
    Stacks.output(scope, "EdgeDomain", distribution.getAttrDomainName());
  }

  // CloudFormation reads the secret when it makes the distribution: no template has it.
  private static OriginProperty api(FrontDoor door, Secrets secrets) {
    return OriginProperty.builder()
        .id(API)
        .domainName(door.host())
        .originCustomHeaders(
            List.of(
                OriginCustomHeaderProperty.builder()
                    .headerName(SHOWN)
                    .headerValue(
                        "{{resolve:secretsmanager:"
                            + secrets.edge().orElseThrow()
                            + ":SecretString:::}}")
                    .build()))
        .customOriginConfig(
            CustomOriginConfigProperty.builder()
                .originProtocolPolicy(HTTPS_ONLY)
                .originSslProtocols(List.of("TLSv1.2"))
                .build())
        .build();
  }

  private OriginProperty artifacts(Buckets buckets) {
    OriginProperty.Builder origin =
        OriginProperty.builder()
            .id(STORE)
            .domainName(buckets.artifacts().getBucketRegionalDomainName());
    return dialect.store(origin).build();
  }

  // Else CloudFront keeps errors for ten seconds, also of paths that it keeps nothing of: one
  // client's failure would be everybody's.
  private static List<CustomErrorResponseProperty> notKept() {
    return ERRORS.stream()
        .map(
            status ->
                CustomErrorResponseProperty.builder()
                    .errorCode(status)
                    .errorCachingMinTtl(0)
                    .build())
        .toList();
  }

  private DefaultCacheBehaviorProperty everythingElse() {
    DefaultCacheBehaviorProperty.Builder behavior =
        DefaultCacheBehaviorProperty.builder()
            .targetOriginId(API)
            .viewerProtocolPolicy(HTTPS_ONLY)
            .allowedMethods(ALL)
            .compress(true);
    return dialect.everythingElse(behavior).build();
  }

  private CacheBehaviorProperty checks(String path) {
    CacheBehaviorProperty.Builder behavior =
        CacheBehaviorProperty.builder()
            .pathPattern(path)
            .targetOriginId(API)
            .viewerProtocolPolicy(HTTPS_ONLY)
            .allowedMethods(ALL)
            .cachedMethods(READING)
            .compress(true);
    return dialect.checks(behavior).build();
  }

  // Without a signature: firmware is public, and every cached answer names the same URL. What is
  // not published the bucket does not let the CDN read.
  private CacheBehaviorProperty firmware() {
    CacheBehaviorProperty.Builder behavior =
        CacheBehaviorProperty.builder()
            .pathPattern(ARTIFACTS)
            .targetOriginId(STORE)
            .viewerProtocolPolicy(HTTPS_ONLY)
            .allowedMethods(READING)
            .cachedMethods(READING)
            .compress(false);
    return dialect.firmware(behavior).build();
  }
}
