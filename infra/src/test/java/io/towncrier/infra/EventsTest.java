package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EventsSettings;
import io.towncrier.infra.cell.PushSettings;
import io.towncrier.infra.rules.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bus on which other systems hear of changes. */
final class EventsTest {
  private static final List<String> CELLS = List.of("eu", "us", "cn");
  private static final String BUS = "AWS::Events::EventBus";
  private static final String ENDPOINT = "AWS::EC2::VPCEndpoint";
  private static final String PUT = "events:PutEvents";

  @Test
  void eachCellHasABusOfItsOwnThatNoOtherAccountReaches() {
    for (String cell : CELLS) {
      Synthesized.Stack stack = Synthesized.cell(cell);
      assertThat(stack.the(BUS).path("Name").asText()).isEqualTo("towncrier-" + cell + "-events");
      assertThat(stack.the(BUS).has("Policy")).isFalse();
      assertThat(stack.all("AWS::Events::EventBusPolicy")).isEmpty();
    }
  }

  @Test
  void theTickAloneMayPutEventsAndOnThatBusAlone() {
    for (String cell : CELLS) {
      Synthesized.Stack stack = Synthesized.cell(cell);
      assertThat(havingThe(stack, PUT)).as(cell).containsExactly("RolesTick");
      List<JsonNode> may = new CellFunctions(stack).statements("Tick", PUT);
      assertThat(may).hasSize(1);
      assertThat(may.get(0).path("Action").asText()).isEqualTo(PUT);
      assertThat(may.get(0).at("/Resource/Fn::GetAtt/0").asText())
          .isEqualTo(stack.id(BUS, "EventsBus"));
      assertThat(may.get(0).at("/Resource/Fn::GetAtt/1").asText()).isEqualTo("Arn");
    }
  }

  @Test
  void whoMakesAChangeKnowsTheBusAndNobodyElse() {
    for (String cell : CELLS) {
      Synthesized.Stack stack = Synthesized.cell(cell);
      Map<String, JsonNode> told = told(stack, "TOWNCRIER_EVENTS_BUS");
      assertThat(told.keySet()).as(cell).containsExactly("FunctionsApi", "FunctionsTick");
      assertThat(told.values())
          .allSatisfy(
              bus -> assertThat(bus.path("Ref").asText()).isEqualTo(stack.id(BUS, "EventsBus")));
      assertThat(told(stack, "TOWNCRIER_EVENTS_BUS_TOPICS")).isEmpty();
    }
  }

  @Test
  void eventsDoNotLeaveTheNetworkOnTheirWay() {
    for (String cell : CELLS) {
      Synthesized.Stack stack = Synthesized.cell(cell);
      JsonNode events = endpoint(stack, ".events\"");
      JsonNode keys = endpoint(stack, ".kms\"");
      assertThat(events.path("VpcEndpointType").asText()).isEqualTo("Interface");
      assertThat(events.path("PrivateDnsEnabled").asBoolean()).isTrue();
      for (String same : List.of("SubnetIds", "SecurityGroupIds", "VpcId")) {
        assertThat(events.path(same)).as(cell + " " + same).isEqualTo(keys.path(same));
      }
    }
  }

  @Test
  void aBusThatIsThereIsTakenAndTopicsMayBeLeftOut() {
    Cell eu = Synthesized.CELLS.get(0);
    Cell shared =
        new Cell(
            eu.name(),
            eu.region(),
            eu.open(),
            eu.checksByMqtt(),
            eu.secretsTurnedOver(),
            eu.functions(),
            eu.china(),
            eu.network(),
            eu.database(),
            eu.edge(),
            eu.residency(),
            eu.signIn(),
            eu.snapshot(),
            eu.pace(),
            new PushSettings(List.of(), new PushSettings.Canary(List.of("dev1", "dev2"), 15, 120)),
            eu.care(),
            new EventsSettings("of-the-maker", List.of("release.published", "notice.done")),
            eu.updates(),
            eu.telemetry());
    Assembly assembly = new Assembly(List.of(shared), Synthesized.ZIP, Path.of("target/cdk.bus"));
    assembly.guard();
    List<Template> templates = assembly.synthesize();

    assertThat(Assembly.findings(templates)).isEmpty();
    Synthesized.Stack stack = new Synthesized.Stack(templates.get(0).root());
    assertThat(stack.all(BUS)).isEmpty();
    assertThat(havingThe(stack, PUT)).containsExactly("RolesTick");
    assertThat(new CellFunctions(stack).statements("Tick", PUT).get(0).path("Resource").toString())
        .endsWith(":event-bus/of-the-maker\"]]}")
        .contains("\":events:")
        .doesNotContain("*");
    assertThat(told(stack, "TOWNCRIER_EVENTS_BUS").values())
        .extracting(JsonNode::asText)
        .containsExactly("of-the-maker", "of-the-maker");
    assertThat(told(stack, "TOWNCRIER_EVENTS_BUS_TOPICS").values())
        .extracting(JsonNode::asText)
        .containsOnly("release.published,notice.done");
    // The tick sends test notices, and the api shows what became of them.
    assertThat(told(stack, "TOWNCRIER_CANARY_DEVICES").values())
        .extracting(JsonNode::asText)
        .containsExactly("dev1,dev2", "dev1,dev2");
    assertThat(told(stack, "TOWNCRIER_CANARY_EVERY").values())
        .extracting(JsonNode::asText)
        .containsOnly("15m");
  }

  /** A function with another topic in its settings does not start. */
  @Test
  void theApplicationKnowsTheTopicsOfEachCell() throws IOException {
    String topics =
        Files.readString(Path.of("../src/main/java/io/towncrier/events/EventTopic.java"));
    Set<String> known = new TreeSet<>();
    Pattern.compile("[A-Z_]+\\(\"([a-z.-]+)\"\\)")
        .matcher(topics)
        .results()
        .forEach(topic -> known.add(topic.group(1)));
    assertThat(known).contains("release.published", "notice.done");
    for (Cell cell : Synthesized.CELLS) {
      assertThat(cell.events()).isNotNull();
      assertThat(known).containsAll(cell.events().topics());
    }
  }

  private static JsonNode endpoint(Synthesized.Stack stack, String service) {
    List<JsonNode> found =
        stack.all(ENDPOINT).values().stream()
            .map(endpoint -> endpoint.path("Properties"))
            .filter(endpoint -> endpoint.path("ServiceName").toString().contains(service))
            .toList();
    assertThat(found).as("the endpoint of " + service).hasSize(1);
    return found.get(0);
  }

  /** The roles that may do something, by the beginning of their logical ids. */
  private static Set<String> havingThe(Synthesized.Stack stack, String action) {
    Set<String> roles = new TreeSet<>();
    for (String type : List.of("AWS::IAM::Role", "AWS::IAM::Policy")) {
      stack
          .all(type)
          .forEach(
              (id, role) -> {
                if (role.toString().contains("\"" + action + "\"")) {
                  roles.add(id.replaceAll("[0-9A-F]{8}$", ""));
                }
              });
    }
    return roles;
  }

  /** What functions are told by a name, by the beginning of their logical ids. */
  private static Map<String, JsonNode> told(Synthesized.Stack stack, String name) {
    Map<String, JsonNode> told = new TreeMap<>();
    stack
        .all("AWS::Lambda::Function")
        .forEach(
            (id, function) -> {
              JsonNode value = function.at("/Properties/Environment/Variables").path(name);
              if (!value.isMissingNode()) {
                told.put(id.replaceAll("[0-9A-F]{8}$", ""), value);
              }
            });
    return told;
  }
}
