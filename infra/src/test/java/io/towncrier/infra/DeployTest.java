package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.Cells;
import io.towncrier.infra.rules.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The first day of a cell, the second try of a deployment, and a cluster that was restored. */
final class DeployTest {
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String VERSION = "AWS::Lambda::Version";
  private static final String SCHEDULE = "AWS::Scheduler::Schedule";
  private static final String FEEDING = "AWS::Lambda::EventSourceMapping";
  private static final Set<String> KEPT =
      Set.of(
          "AWS::RDS::DBCluster",
          "AWS::RDS::DBInstance",
          "AWS::KMS::Key",
          "AWS::SecretsManager::Secret",
          "AWS::S3::Bucket");

  private static final Synthesized.Stack CLOSED = Synthesized.cell("eu");
  private static final Synthesized.Stack OPEN =
      changed(
          "open",
          Map.of(
              "\"name\": \"eu\",", "\"name\": \"eu\", \"open\": true,",
              "\"build\": \"1\"", "\"build\": \"2\"",
              "\"restored\": []", "\"restored\": [\"cluster-RESTORED0123456789\"]",
              "\"minCapacity\": 0.5", "\"minCapacity\": 2"));

  @Test
  void aNewCellIsCalledByNothing() {
    assertThat(states(CLOSED)).containsOnly("DISABLED", "false");
    assertThat(CLOSED.the("AWS::IoT::TopicRule").at("/TopicRulePayload/RuleDisabled").asBoolean())
        .isTrue();
    // Nobody is told that there is no tick where there has to be none.
    JsonNode silent = CLOSED.the("AWS::CloudWatch::Alarm", "AlarmsTickSilent");
    assertThat(silent.path("ActionsEnabled").asBoolean(true)).isFalse();
    // A person is told of the secrets in any case.
    assertThat(CLOSED.the(SCHEDULE, "ReminderSecrets").path("State").asText("ENABLED"))
        .isEqualTo("ENABLED");
  }

  @Test
  void oneSettingOpensItAll() {
    assertThat(states(OPEN)).containsOnly("ENABLED", "true");
    assertThat(OPEN.the("AWS::IoT::TopicRule").at("/TopicRulePayload/RuleDisabled").asBoolean(true))
        .isFalse();
    assertThat(
            OPEN.the("AWS::CloudWatch::Alarm", "AlarmsTickSilent")
                .path("ActionsEnabled")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aClosedCellRehearsesATickThatNeedsNoSchemaAndAnOpenOneAWholeTick() {
    String event = "/Environment/Variables/EVENT";
    assertThat(CLOSED.the(FUNCTION, "RehearsalTick").at(event).asText())
        .isEqualTo("{\"awake\":true}");
    assertThat(OPEN.the(FUNCTION, "RehearsalTick").at(event).asText()).isEqualTo("{}");
    for (String name : List.of("Api", "Check", "Plan", "Deliver")) {
      assertThat(OPEN.the(FUNCTION, "Rehearsal" + name).at(event))
          .as(name)
          .isEqualTo(CLOSED.the(FUNCTION, "Rehearsal" + name).at(event));
    }
  }

  @Test
  void whatAFailedCreateMadeGoesAndWhatWasInUseStays() {
    for (String cell : List.of("eu", "us", "cn")) {
      List<JsonNode> kept =
          Synthesized.cell(cell).root().path("Resources").properties().stream()
              .map(Map.Entry::getValue)
              .filter(each -> KEPT.contains(each.path("Type").asText()))
              .toList();
      assertThat(kept)
          .hasSizeGreaterThan(12)
          .allSatisfy(
              each -> {
                assertThat(each.path("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
                assertThat(each.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
              });
    }
  }

  @Test
  void anotherBuildOfTheSamePackageMakesNewVersions() {
    Set<String> first = CLOSED.all(VERSION).keySet();
    Set<String> second = OPEN.all(VERSION).keySet();
    assertThat(first).hasSize(5).doesNotContainAnyElementsOf(second);
    assertThat(OPEN.the(FUNCTION, "FunctionsPlan").path("Description").asText())
        .isEqualTo("Towncrier eu: plan, secrets of 2026-11-25, build 2");
    // And nothing else does: a deployment of what is there already moves no alias.
    assertThat(changed("same", Map.of()).all(VERSION).keySet()).isEqualTo(first);
  }

  @Test
  void noTemplateHasAValueOfWhatPeoplePutIn() {
    for (String name :
        List.of("MasterKey", "SnapshotSigningKey", "FcmCredentials", "ConsoleClient")) {
      JsonNode secret = CLOSED.the("AWS::SecretsManager::Secret", "Secrets" + name);
      assertThat(secret.has("GenerateSecretString")).as(name).isFalse();
      assertThat(secret.has("SecretString")).as(name).isFalse();
    }
  }

  @Test
  void theProxyMayConnectToAClusterThatWasRestored() {
    assertThat(users(CLOSED)).hasSize(3).noneMatch(user -> user.contains("RESTORED"));
    assertThat(users(OPEN))
        .hasSize(6)
        .anyMatch(user -> user.endsWith(":dbuser:cluster-RESTORED0123456789/towncrier\"]]"))
        .anyMatch(user -> user.endsWith(":dbuser:cluster-RESTORED0123456789/towncrier_sender\"]]"))
        .anyMatch(user -> user.endsWith(":dbuser:cluster-RESTORED0123456789/towncrier_owner\"]]"))
        .noneMatch(user -> user.contains("*"));
  }

  @Test
  void clusterAndInstancesHaveNamesThatARestoredOneCanTakeOver() {
    assertThat(CLOSED.the("AWS::RDS::DBCluster").path("DBClusterIdentifier").asText())
        .isEqualTo("towncrier-eu-database");
    assertThat(CLOSED.all("AWS::RDS::DBInstance").values())
        .extracting(each -> each.at("/Properties/DBInstanceIdentifier").asText())
        .containsExactlyInAnyOrder("towncrier-eu-database-1", "towncrier-eu-database-2");
  }

  @Test
  void insightsTakeNothingFromASmallDatabase() {
    assertThat(CLOSED.all("AWS::RDS::DBInstance").toString()).doesNotContain("PerformanceInsights");
    assertThat(OPEN.all("AWS::RDS::DBInstance").values())
        .allSatisfy(
            each ->
                assertThat(each.at("/Properties/EnablePerformanceInsights").asBoolean()).isTrue());
  }

  @Test
  void whatSnapStartWouldForgetIsCalledEachDay() {
    Set<String> called = new TreeSet<>();
    OPEN.all(SCHEDULE)
        .forEach(
            (id, schedule) -> {
              if (id.startsWith("Awake")) {
                assertThat(schedule.at("/Properties/ScheduleExpression").asText())
                    .isEqualTo("rate(1 day)");
                assertThat(schedule.at("/Properties/Target/Input").asText())
                    .isEqualTo("{\"awake\":true}");
                called.add(
                    schedule.at("/Properties/Target/Arn").findValuesAsText("Ref").toString()
                        + schedule.at("/Properties/Target/Arn/Fn::GetAtt/0").asText());
              }
            });
    assertThat(called)
        .containsExactlyInAnyOrder(
            "[" + OPEN.id("AWS::Lambda::Alias", "FunctionsCheckLive") + "]",
            "[]" + OPEN.id("AWS::SQS::Queue", "QueuesPlan"),
            "[]" + OPEN.id("AWS::SQS::Queue", "QueuesDeliver"));
  }

  @Test
  void theMessageOfTheScheduleIsOneThatTheFunctionsKnow() throws IOException {
    String messages =
        Files.readString(Path.of("../src/main/java/io/towncrier/delivery/sqs/WorkMessages.java"));
    assertThat(messages).contains("\"awake\"");
  }

  private static List<String> states(Synthesized.Stack cell) {
    List<String> states = new ArrayList<>();
    cell.all(SCHEDULE)
        .forEach(
            (id, schedule) -> {
              if (!id.startsWith("Reminder")) {
                states.add(schedule.at("/Properties/State").asText());
              }
            });
    cell.all(FEEDING)
        .values()
        .forEach(feeding -> states.add(feeding.at("/Properties/Enabled").asText()));
    assertThat(states).hasSize(7);
    return states;
  }

  private static List<String> users(Synthesized.Stack cell) {
    List<String> users = new ArrayList<>();
    cell.the("AWS::IAM::Role", "ProxyRole")
        .at("/Policies/0/PolicyDocument/Statement/0/Resource")
        .forEach(user -> users.add(user.path("Fn::Join").toString()));
    return users;
  }

  private static Synthesized.Stack changed(String name, Map<String, String> changes) {
    try {
      String text = Files.readString(Path.of("cells.json"));
      for (Map.Entry<String, String> change : changes.entrySet()) {
        assertThat(text).contains(change.getKey());
        text = text.replace(change.getKey(), change.getValue());
      }
      Path file = Path.of("target/cells-" + name + ".json");
      Files.writeString(file, text);
      List<Cell> eu = Cells.read(file).subList(0, 1);
      Assembly assembly = new Assembly(eu, Synthesized.ZIP, Path.of("target/cdk." + name));
      assembly.guard();
      List<Template> templates = assembly.synthesize();
      assertThat(Assembly.findings(templates)).isEmpty();
      return new Synthesized.Stack(templates.get(0).root());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
