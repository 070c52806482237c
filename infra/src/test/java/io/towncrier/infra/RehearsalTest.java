package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What calls a new version before it gets traffic; its code runs here in Node, as it stands in the
 * template.
 */
final class RehearsalTest {
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final List<String> LIVE = List.of("Api", "Check", "Plan", "Deliver", "Tick");
  private static final String CALLED = "called the-version {\"an\":\"event\"}";

  private final Synthesized.Stack eu = Synthesized.cell("eu");

  @Test
  void eachFunctionHasOneThatCallsItsNewVersion() {
    for (String name : LIVE) {
      JsonNode hook = eu.the(FUNCTION, "Rehearsal" + name);
      String version = hook.at("/Environment/Variables/VERSION/Ref").asText();
      assertThat(version).startsWith("Functions" + name + "CurrentVersion");
      JsonNode alias = eu.whole("AWS::Lambda::Alias", "Functions" + name + "Live");
      assertThat(alias.at("/Properties/FunctionVersion/Fn::GetAtt/0").asText()).isEqualTo(version);
      assertThat(
              alias
                  .at("/UpdatePolicy/CodeDeployLambdaAliasUpdate/BeforeAllowTrafficHook/Ref")
                  .asText())
          .isEqualTo(eu.id(FUNCTION, "Rehearsal" + name));
      JsonNode role = eu.the("AWS::IAM::Role", "Rehearsal" + name + "Role");
      assertThat(role.at("/Policies/0/PolicyDocument/Statement/0/Action").asText())
          .isEqualTo("lambda:InvokeFunction");
      assertThat(role.at("/Policies/0/PolicyDocument/Statement/0/Resource/Ref").asText())
          .isEqualTo(version);
      assertThat(role.at("/Policies/0/PolicyDocument/Statement/1").toString())
          .contains("codedeploy:PutLifecycleEventHookExecutionStatus")
          .contains(":deploymentgroup:towncrier-eu-functions/towncrier-eu-" + lower(name) + "\"");
      JsonNode group = eu.the("AWS::CodeDeploy::DeploymentGroup", "Canary" + name);
      assertThat(group.path("DeploymentGroupName").asText())
          .isEqualTo("towncrier-eu-" + lower(name));
      assertThat(eu.the("AWS::IAM::Role", "Canary" + name + "Role").toString())
          .contains("lambda:InvokeFunction", eu.id(FUNCTION, "Rehearsal" + name));
      // It has the time that the function has, and its own tries.
      assertThat(hook.path("Timeout").asInt())
          .isEqualTo(new CellFunctions(eu).named(name).path("Timeout").asInt() + 90);
    }
  }

  @Test
  void eachIsCalledWithWhatItUnderstands() throws IOException {
    Map<String, JsonNode> events = new TreeMap<>();
    for (String name : LIVE) {
      events.put(name, new ObjectMapper().readTree(variable(name, "EVENT")));
    }
    assertThat(events.get("Api").at("/requestContext/http/path").asText()).isEqualTo("/v1/about");
    for (String name : List.of("Plan", "Deliver")) {
      assertThat(events.get(name).at("/Records/0/body").asText()).isEqualTo("{\"awake\":true}");
    }
    // This cell is closed, and may have no schema yet: see DeployTest for one that is open.
    assertThat(events.get("Tick").toString()).isEqualTo("{\"awake\":true}");
    assertThat(events.get("Check").toString()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"payload\":\"{\\\"statusCode\\\":200,\\\"body\\\":\\\"{}\\\"}\"}",
        "{\"payload\":\"{\\\"batchItemFailures\\\":[]}\"}",
        "{\"payload\":\"{\\\"finished\\\":true}\"}",
        "{\"payload\":\"\"}",
        "{\"payload\":\"null\"}"
      })
  void aVersionThatAnswersGetsTraffic(String answer) throws Exception {
    assertThat(run("[" + answer + "]")).contains(CALLED, told("Succeeded"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"Unhandled\",\"payload\":\"{\\\"errorMessage\\\":\\\"no\\\"}\"}",
        "{\"payload\":\"{\\\"statusCode\\\":500}\"}",
        "{\"payload\":\"{\\\"statusCode\\\":404}\"}",
        "{\"payload\":\"{\\\"batchItemFailures\\\":[{\\\"itemIdentifier\\\":\\\"x\\\"}]}\"}",
        "{\"payload\":\"no JSON\"}",
        "{\"thrown\":\"ResourceNotFoundException\"}"
      })
  void aVersionThatFailsGetsNone(String answer) throws Exception {
    assertThat(run("[" + answer + "]")).contains(CALLED, told("Failed"));
  }

  @Test
  void aRightThatHasNotArrivedIsWaitedFor() throws Exception {
    String notYet =
        "{\"thrown\":\"AccessDeniedException\"},{\"thrown\":\"TooManyRequestsException\"},";
    List<String> said = run("[" + notYet + "{\"payload\":\"{}\"}]");
    assertThat(said).contains(told("Succeeded"));
    assertThat(said).filteredOn(CALLED::equals).hasSize(3);
  }

  @Test
  void oneThatNeverArrivesIsAFailure() throws Exception {
    String never = "{\"thrown\":\"AccessDeniedException\"},".repeat(9);
    List<String> said = run("[" + never + "{\"thrown\":\"AccessDeniedException\"}]");
    assertThat(said).contains(told("Failed"));
    assertThat(said).filteredOn(CALLED::equals).hasSize(10);
  }

  private static String told(String status) {
    return "told {\"deploymentId\":\"d-1\",\"lifecycleEventHookExecutionId\":\"x-1\",\"status\":\""
        + status
        + "\"}";
  }

  private List<String> run(String answers) throws Exception {
    Path folder = Files.createDirectories(Path.of("target/rehearsal"));
    Files.writeString(
        folder.resolve("index.js"), eu.the(FUNCTION, "RehearsalApi").at("/Code/ZipFile").asText());
    ProcessBuilder node =
        new ProcessBuilder(
            "node",
            "-e",
            "require('./index.js').handler({DeploymentId:'d-1',LifecycleEventHookExecutionId:'x-1'})");
    node.directory(folder.toFile()).redirectErrorStream(true);
    node.environment().remove("NODE_OPTIONS");
    node.environment()
        .putAll(
            Map.of(
                "NODE_PATH", Path.of("src/test/node/aws/node_modules").toAbsolutePath().toString(),
                "VERSION", "the-version",
                "EVENT", "{\"an\":\"event\"}",
                "ANSWERS", answers,
                "PAUSE_MILLIS", "1"));
    Process process = node.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private String variable(String name, String variable) {
    return eu.the(FUNCTION, "Rehearsal" + name).at("/Environment/Variables/" + variable).asText();
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }
}
