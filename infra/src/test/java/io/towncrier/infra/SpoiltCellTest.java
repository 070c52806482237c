package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.infra.rules.Finding;
import io.towncrier.infra.rules.Rule;
import io.towncrier.infra.rules.Rules;
import io.towncrier.infra.rules.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A real cell in which one thing is changed for the worse: its rule finds it, and no other does.
 */
final class SpoiltCellTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Consumer<Spoilt>> CHANGES = new LinkedHashMap<>();

  static {
    stored();
    sent();
    reached();
    allowed();
    signedIn();
    kept();
    abroad();
    watched();
    ordered();
    deployed();
  }

  @Test
  void everyRuleFindsItsChangeAndNoOtherRuleDoes() {
    assertThat(CHANGES.keySet())
        .containsExactlyElementsOf(Rules.ALL.stream().map(Rule::name).toList());
    CHANGES.forEach(
        (rule, change) -> {
          Spoilt cell = new Spoilt(rule.startsWith("china") ? "cn" : "eu");
          change.accept(cell);
          assertThat(Rules.findings(cell.template()))
              .as(rule)
              .isNotEmpty()
              .extracting(Finding::rule)
              .containsOnly(rule);
        });
  }

  private static void stored() {
    CHANGES.put("encrypted-at-rest", cell -> cell.remove("QueuesPlan", "KmsMasterKeyId"));
    CHANGES.put("keys-turn-over", cell -> cell.set("KeysPersonal", "EnableKeyRotation", "false"));
    CHANGES.put(
        "one-key-a-class-of-data",
        cell -> cell.set("LogsApi", "KmsKeyId", cell.get("SecretsMasterKey", "KmsKeyId")));
  }

  private static void sent() {
    CHANGES.put("tls-only-storage", cell -> cell.remove("QueuesPlanPolicy"));
    CHANGES.put("tls-only-database", cell -> cell.set("Proxy", "RequireTLS", "false"));
    CHANGES.put(
        "tls-only-edge",
        cell ->
            cell.set(
                "EdgeDistribution",
                "DistributionConfig/DefaultCacheBehavior/ViewerProtocolPolicy",
                "\"allow-all\""));
  }

  private static void reached() {
    CHANGES.put(
        "no-public-bucket",
        cell ->
            cell.set(
                "BucketsCatalogue",
                "PublicAccessBlockConfiguration/RestrictPublicBuckets",
                "false"));
    CHANGES.put(
        "nobody-enters-from-outside",
        cell ->
            cell.set(
                "NetworkProxy",
                "SecurityGroupIngress",
                "[{\"CidrIp\": \"0.0.0.0/0\", \"IpProtocol\": \"tcp\"}]"));
    CHANGES.put(
        "isolated-database",
        cell ->
            cell.set(
                "NetworkVpccallingSubnet1DefaultRoute",
                "RouteTableId",
                "{\"Ref\": \"" + cell.id("NetworkVpcinsideSubnet1RouteTable") + "\"}"));
    CHANGES.put(
        "artifacts-when-published",
        cell ->
            cell.set(
                "EdgeDistribution",
                "DistributionConfig/CacheBehaviors/2/PathPattern",
                "\"/everything/*\""));
  }

  private static void allowed() {
    CHANGES.put(
        "no-wildcard-in-a-role",
        cell -> cell.set("RolesCheck", "Policies/0/PolicyDocument/Statement/0/Action", "\"s3:*\""));
    CHANGES.put(
        "one-role-a-function",
        cell -> cell.set("FunctionsPlan", "Role", cell.get("FunctionsApi", "Role")));
    CHANGES.put("callers-are-named", cell -> cell.remove("CheckTopicPermission", "SourceAccount"));
    CHANGES.put(
        "no-secret-in-an-environment",
        cell ->
            cell.set("FunctionsApi", "Environment/Variables/TOWNCRIER_MASTER_KEY", "\"c2VjcmV0\""));
  }

  private static void signedIn() {
    CHANGES.put(
        "no-password-that-stays", cell -> cell.set("Proxy", "DefaultAuthScheme", "\"NONE\""));
  }

  private static void kept() {
    CHANGES.put("logs-are-deleted", cell -> cell.set("LogsApi", "RetentionInDays", "365"));
    CHANGES.put(
        "backups-within-the-promise",
        cell -> cell.set("DatabaseCluster", "BackupRetentionPeriod", "365"));
    CHANGES.put(
        "data-outlives-the-stack",
        cell -> cell.set("BucketsCatalogue", "../DeletionPolicy", "\"Delete\""));
  }

  private static void abroad() {
    CHANGES.put(
        "no-partition-by-name",
        cell ->
            cell.set(
                "RolesCheck",
                "Policies/0/PolicyDocument/Statement/0/Resource",
                "\"arn" + ":aws:s3:::bucket/catalogue/snapshot\""));
    CHANGES.put("no-copy-elsewhere", cell -> cell.set("KeysPersonal", "MultiRegion", "true"));
    CHANGES.put(
        "no-other-region",
        cell -> cell.set("FunctionsApi", "Description", "\"with one in us-west-2\""));
    CHANGES.put(
        "china-has-nothing-abroad",
        cell -> cell.set("FunctionsApi", "Description", "\"https://s3.amazonaws.com/bucket\""));
    CHANGES.put(
        "china-has-what-it-uses",
        cell -> cell.set("FunctionsApi", "TracingConfig", "{\"Mode\": \"Active\"}"));
  }

  private static void watched() {
    CHANGES.put("work-ends-in-dead-letters", cell -> cell.remove("QueuesPlan", "RedrivePolicy"));
    CHANGES.put("queues-are-watched", cell -> cell.remove("AlarmsPlanDead"));
    CHANGES.put(
        "hidden-as-long-as-worked-on",
        cell -> cell.set("QueuesDeliver", "VisibilityTimeout", "60"));
    CHANGES.put("alarms-are-heard", cell -> cell.remove("AlarmsSnapshotOld", "AlarmActions"));
    CHANGES.put(
        "canary-rolls-back",
        cell -> cell.set("CanaryApi", "AutoRollbackConfiguration/Enabled", "false"));
  }

  private static void ordered() {
    CHANGES.put(
        "no-circle",
        cell ->
            cell.set(
                "KeysObjects",
                "Description",
                "{\"Ref\": \"" + cell.id("EdgeDistribution") + "\"}"));
  }

  private static void deployed() {
    CHANGES.put("open-or-closed-as-a-whole", cell -> cell.set("FeedingPlan", "Enabled", "true"));
    CHANGES.put(
        "a-failed-create-leaves-nothing",
        cell -> cell.set("BucketsCatalogue", "../DeletionPolicy", "\"Retain\""));
    CHANGES.put(
        "keys-come-from-people",
        cell ->
            cell.set(
                "SecretsSnapshotSigningKey", "GenerateSecretString", "{\"PasswordLength\": 9}"));
    CHANGES.put(
        "a-canary-calls-what-it-judges",
        cell -> cell.remove("RehearsalPlan", "Environment/Variables/VERSION"));
    CHANGES.put(
        "a-canary-is-stopped-in-time", cell -> cell.set("AlarmsTickErrors", "Period", "300"));
  }

  /** A copy of a cell's template. */
  private static final class Spoilt {
    private final Template original;
    private final ObjectNode root;

    Spoilt(String cell) {
      this.original =
          Synthesized.all().stream()
              .filter(each -> each.stack().equals("towncrier-" + cell))
              .findFirst()
              .orElseThrow();
      this.root = original.root().deepCopy();
    }

    Template template() {
      return new Template(original.stack(), original.region(), root);
    }

    String get(String name, String path) {
      return resource(name).at("/Properties/" + path).toString();
    }

    void set(String name, String path, String json) {
      try {
        parent(name, path).set(last(path), JSON.readTree(json));
      } catch (JsonProcessingException malformed) {
        throw new IllegalArgumentException(json, malformed);
      }
    }

    void remove(String name, String path) {
      assertThat(parent(name, path).remove(last(path))).as(name + " " + path).isNotNull();
    }

    void remove(String name) {
      ((ObjectNode) root.path("Resources")).remove(id(name));
    }

    String id(String name) {
      return root.path("Resources").properties().stream()
          .map(Map.Entry::getKey)
          .filter(id -> id.matches(name + "[0-9A-F]{8}"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name));
    }

    private JsonNode resource(String name) {
      return root.path("Resources").path(id(name));
    }

    // "../X" is beside the properties.
    private ObjectNode parent(String name, String path) {
      if (path.startsWith("../")) {
        return (ObjectNode) resource(name);
      }
      int end = path.lastIndexOf('/');
      return (ObjectNode)
          resource(name).at("/Properties" + (end < 0 ? "" : "/" + path.substring(0, end)));
    }

    private static String last(String path) {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }
}
