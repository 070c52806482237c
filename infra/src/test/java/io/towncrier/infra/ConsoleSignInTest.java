package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.infra.rules.Finding;
import io.towncrier.infra.rules.Rules;
import io.towncrier.infra.rules.Template;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How people sign in to the console of a cell: the API alone knows the client and its secret. */
final class ConsoleSignInTest {
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String SECRET = "AWS::SecretsManager::Secret";
  private static final String PREFIX = "TOWNCRIER_CONSOLE_";

  @Test
  void theApiOfEachCellKnowsTheClientAndWherePeopleComeBackTo() {
    for (String cell : List.of("eu", "us", "cn")) {
      JsonNode told = told(cell, "Api");
      assertThat(told.path(PREFIX + "CELL").asText()).isEqualTo(cell);
      assertThat(told.path(PREFIX + "OIDC_CLIENT_ID").asText()).isEqualTo("towncrier-console");
      assertThat(told.path(PREFIX + "OIDC_SCOPE").asText()).isEqualTo("openid");
      assertThat(told.has(PREFIX + "OIDC_AUDIENCE")).isFalse();
      assertThat(told.has(PREFIX + "OPERATORS")).isFalse();
      // Without these two the service does not start with a client id.
      assertThat(told.path("TOWNCRIER_PUBLIC_URL").asText()).startsWith("https://");
      assertThat(told.path("QUARKUS_OIDC_AUTH_SERVER_URL").asText()).startsWith("https://");
    }
  }

  @Test
  void noOtherFunctionIsToldOfTheConsole() {
    for (String name : List.of("Check", "Plan", "Deliver", "Tick", "Migrate")) {
      assertThat(told("eu", name).fieldNames())
          .toIterable()
          .noneMatch(variable -> variable.startsWith(PREFIX));
    }
  }

  @Test
  void theSecretOfTheClientIsReadByTheApiAlone() {
    Synthesized.Stack eu = Synthesized.cell("eu");
    String secret = eu.id(SECRET, "SecretsConsoleClient");
    assertThat(told("eu", "Api").path(PREFIX + "OIDC_CLIENT_SECRET").toString())
        .contains("secretsmanager:", secret);
    assertThat(eu.the(SECRET, "SecretsConsoleClient").toString())
        .contains("KeysSecrets")
        .doesNotContain("SecretString");
    CellFunctions functions = new CellFunctions(eu);
    for (String name : List.of("Api", "Check", "Plan", "Deliver", "Tick", "Migrate")) {
      boolean mayRead =
          functions.statements(name, "secretsmanager:GetSecretValue").toString().contains(secret);
      assertThat(mayRead).as(name).isEqualTo(name.equals("Api"));
    }
  }

  @Test
  void aSecretInTheTemplateIsCaught() {
    String variable = PREFIX + "OIDC_CLIENT_SECRET";
    assertThat(broken(FUNCTION, "FunctionsApi", "/Environment/Variables", variable))
        .containsOnly("no-secret-in-an-environment");
    assertThat(broken(SECRET, "SecretsConsoleClient", "", "SecretString"))
        .containsOnly("keys-come-from-people");
  }

  /** The rules that a cell breaks in which a secret is written into one place. */
  private static List<String> broken(String type, String name, String path, String member) {
    Template whole =
        Synthesized.all().stream()
            .filter(each -> each.stack().equals("towncrier-eu"))
            .findFirst()
            .orElseThrow();
    JsonNode root = whole.root().deepCopy();
    String id = Synthesized.cell("eu").id(type, name);
    ((ObjectNode) root.at("/Resources/" + id + "/Properties" + path)).put(member, "c2VjcmV0");
    return Rules.findings(new Template(whole.stack(), whole.region(), root)).stream()
        .map(Finding::rule)
        .toList();
  }

  private static JsonNode told(String cell, String name) {
    return new CellFunctions(Synthesized.cell(cell)).variables(name);
  }
}
