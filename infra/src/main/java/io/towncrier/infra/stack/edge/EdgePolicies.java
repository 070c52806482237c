package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import java.util.List;
import software.amazon.awscdk.services.cloudfront.CfnCachePolicy;
import software.amazon.awscdk.services.cloudfront.CfnCachePolicy.CachePolicyConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnCachePolicy.ParametersInCacheKeyAndForwardedToOriginProperty;
import software.amazon.awscdk.services.cloudfront.CfnOriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.CfnOriginRequestPolicy.OriginRequestPolicyConfigProperty;
import software.constructs.Construct;

/** What the CDN tells apart, and what it passes on. */
final class EdgePolicies {
  private static final String NONE = "none";

  private final Construct scope;
  private final Cell cell;
  private final CfnCachePolicy checks;
  private final CfnCachePolicy firmware;
  private final CfnOriginRequestPolicy allButHost;
  private final CfnOriginRequestPolicy contentType;

  EdgePolicies(Construct scope, Cell cell) {
    this.scope = scope;
    this.cell = cell;
    this.checks =
        cache("checks", 0, 0, EdgeDialect.CHECK_SECONDS, key(EdgeDialect.CHECK_KEY, true));
    this.firmware =
        cache(
            "firmware",
            0,
            EdgeDialect.ARTIFACT_SECONDS,
            EdgeDialect.ARTIFACT_SECONDS_AT_MOST,
            key(List.of(), false));
    this.allButHost = pass("all-but-host", "allExcept", "Host", "all");
    // For the POST of a check, which is never cached; it says nothing that an answer depends on.
    this.contentType = pass("content-type", "whitelist", "Content-Type", NONE);
  }

  String checks() {
    return checks.getRef();
  }

  String firmware() {
    return firmware.getRef();
  }

  String allButHost() {
    return allButHost.getRef();
  }

  String contentType() {
    return contentType.getRef();
  }

  private CfnCachePolicy cache(
      String name,
      int least,
      int usual,
      int most,
      ParametersInCacheKeyAndForwardedToOriginProperty key) {
    return CfnCachePolicy.Builder.create(scope, "Cache-" + name)
        .cachePolicyConfig(
            CachePolicyConfigProperty.builder()
                .name(cell.named(name))
                .minTtl(least)
                .defaultTtl(usual)
                .maxTtl(most)
                .parametersInCacheKeyAndForwardedToOrigin(key)
                .build())
        .build();
  }

  private static ParametersInCacheKeyAndForwardedToOriginProperty key(
      List<String> queries, boolean compressed) {
    var strings =
        CfnCachePolicy.QueryStringsConfigProperty.builder()
            .queryStringBehavior(queries.isEmpty() ? NONE : "whitelist");
    if (!queries.isEmpty()) {
      strings.queryStrings(queries);
    }
    return ParametersInCacheKeyAndForwardedToOriginProperty.builder()
        .queryStringsConfig(strings.build())
        .cookiesConfig(CfnCachePolicy.CookiesConfigProperty.builder().cookieBehavior(NONE).build())
        .headersConfig(CfnCachePolicy.HeadersConfigProperty.builder().headerBehavior(NONE).build())
        .enableAcceptEncodingGzip(compressed)
        .enableAcceptEncodingBrotli(compressed)
        .build();
  }

  private CfnOriginRequestPolicy pass(
      String name, String headers, String header, String allOrNone) {
    return CfnOriginRequestPolicy.Builder.create(scope, "Pass-" + name)
        .originRequestPolicyConfig(
            OriginRequestPolicyConfigProperty.builder()
                .name(cell.named(name))
                .headersConfig(
                    CfnOriginRequestPolicy.HeadersConfigProperty.builder()
                        .headerBehavior(headers)
                        .headers(List.of(header))
                        .build())
                .cookiesConfig(
                    CfnOriginRequestPolicy.CookiesConfigProperty.builder()
                        .cookieBehavior(allOrNone)
                        .build())
                .queryStringsConfig(
                    CfnOriginRequestPolicy.QueryStringsConfigProperty.builder()
                        .queryStringBehavior(allOrNone)
                        .build())
                .build())
        .build();
  }
}
