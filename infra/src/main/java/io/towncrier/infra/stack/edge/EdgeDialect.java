package io.towncrier.infra.stack.edge;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DefaultCacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DistributionConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.OriginProperty;
import software.amazon.awscdk.services.s3.Bucket;

/** CloudFront as it is in the world, or as it is in China, where it has half of its words. */
sealed interface EdgeDialect permits WorldEdge, ChinaEdge {
  /** Of the query; docs/adr/0013 and 0038 tell why these. CloudFront takes ten without asking. */
  List<String> CHECK_KEY =
      List.of(
          "version",
          "country",
          "timezone",
          "language",
          "channel",
          "cohort",
          "hardware",
          "counter",
          "manual",
          "rollouts");

  /** The longest that a check may be kept, whatever an answer says: a halt has to arrive. */
  int CHECK_SECONDS = 300;

  /** What the CDN may read: objects that the service has tagged when their release came out. */
  Map<String, Object> ONLY_PUBLISHED = Map.of("s3:ExistingObjectTag/published", "true");

  int ARTIFACT_SECONDS = 86_400;
  int ARTIFACT_SECONDS_AT_MOST = 31_536_000;

  DefaultCacheBehaviorProperty.Builder everythingElse(
      DefaultCacheBehaviorProperty.Builder behavior);

  CacheBehaviorProperty.Builder checks(CacheBehaviorProperty.Builder behavior);

  CacheBehaviorProperty.Builder firmware(CacheBehaviorProperty.Builder behavior);

  /** The bucket as an origin that nobody but the CDN reads. */
  OriginProperty.Builder store(OriginProperty.Builder origin);

  void letRead(Bucket artifacts, String distributionId);

  /** Adds the certificate, the firewall where there is one, and the versions of HTTP. */
  DistributionConfigProperty finish(DistributionConfigProperty.Builder config);
}
