package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is stored is encrypted with keys of our own, one a class of data. */
final class AtRestRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("encrypted-at-rest", AtRestRules::encrypted),
          new Rule("keys-turn-over", AtRestRules::turnOver),
          new Rule("one-key-a-class-of-data", AtRestRules::oneKeyAClass));

  /** Where each type names its key. */
  private static final Map<String, String> KEY_OF =
      Map.of(
          Types.QUEUE, "/KmsMasterKeyId",
          Types.TOPIC, "/KmsMasterKeyId",
          Types.LOG_GROUP, "/KmsKeyId",
          Types.SECRET, "/KmsKeyId",
          Types.CLUSTER, "/KmsKeyId",
          Types.INSTANCE, "/PerformanceInsightsKMSKeyId");

  private static final String BUCKET_DEFAULT =
      "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault";

  private AtRestRules() {}

  private static void encrypted(Template template, Report report) {
    KEY_OF.forEach(
        (type, key) ->
            template
                .all(type)
                .filter(AtRestRules::stores)
                .forEach(each -> report.unless(each.has(key), each, "has no key of ours")));
    template
        .all(Types.CLUSTER)
        .forEach(each -> report.unless(each.isTrue("/StorageEncrypted"), each, "is not encrypted"));
    template.all(Types.BUCKET).forEach(bucket -> bucket(template, bucket, report));
  }

  // An instance has nothing of its own but its statistics.
  private static boolean stores(Resource each) {
    return !each.type().equals(Types.INSTANCE) || each.isTrue("/EnablePerformanceInsights");
  }

  private static void bucket(Template template, Resource bucket, Report report) {
    String algorithm = bucket.get(BUCKET_DEFAULT + "/SSEAlgorithm").asText();
    boolean ours = algorithm.equals("aws:kms") && bucket.has(BUCKET_DEFAULT + "/KMSMasterKeyID");
    boolean cannotBeOurs =
        algorithm.equals("AES256")
            && (takesLogs(template, bucket) || isReadByIdentity(template, bucket));
    report.unless(ours || cannotBeOurs, bucket, "is not encrypted with a key of ours");
  }

  // S3 writes its own logs to no bucket with another encryption.
  private static boolean takesLogs(Template template, Resource bucket) {
    return template
        .all(Types.BUCKET)
        .anyMatch(
            other ->
                Template.target(other.get("/LoggingConfiguration/DestinationBucketName"))
                    .equals(bucket.id()));
  }

  // Nor can an origin access identity use a key; what it reads is public firmware.
  private static boolean isReadByIdentity(Template template, Resource bucket) {
    return template
        .all(Types.BUCKET_POLICY)
        .filter(policy -> Template.target(policy.get("/Bucket")).equals(bucket.id()))
        .flatMap(policy -> Template.each(policy.get("/PolicyDocument/Statement")).stream())
        .anyMatch(statement -> statement.at("/Principal").has("CanonicalUser"));
  }

  private static void turnOver(Template template, Report report) {
    template
        .all(Types.KEY)
        .forEach(
            key -> report.unless(key.isTrue("/EnableKeyRotation"), key, "is never turned over"));
  }

  private static void oneKeyAClass(Template template, Report report) {
    Map<JsonNode, String> classes = new LinkedHashMap<>();
    KEY_OF.forEach(
        (type, key) ->
            template
                .all(type)
                .filter(each -> each.has(key))
                .forEach(
                    each -> {
                      String of = dataClass(type);
                      String before = classes.putIfAbsent(each.get(key), of);
                      report.unless(
                          before == null || before.equals(of),
                          each,
                          "shares its key with " + before);
                    }));
  }

  // The text of an alarm is of the class of the queues: it holds nothing else.
  private static String dataClass(String type) {
    return switch (type) {
      case Types.CLUSTER, Types.INSTANCE -> "personal data";
      case Types.QUEUE, Types.TOPIC -> "queues";
      case Types.LOG_GROUP -> "logs";
      default -> "secrets";
    };
  }
}
