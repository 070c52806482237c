package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Functions are told whose data their cell keeps, and by whom it may push. */
final class ResidencyTest {
  @Test
  void theApiKnowsItsCellAndAllOthers() {
    for (String cell : new String[] {"eu", "us", "cn"}) {
      JsonNode api = told(cell).get("FunctionsApi");
      assertThat(api.path("TOWNCRIER_RESIDENCY_CELL").asText()).isEqualTo(cell);
      assertThat(api.path("TOWNCRIER_RESIDENCY_CELLS").asText())
          .startsWith("eu https://updates.eu.example.com AD ")
          .endsWith("; cn https://updates.example.cn CN")
          .contains("; us https://updates.us.example.com ");
    }
  }

  @Test
  void inChinaNoProviderAbroadMayBeUsed() {
    assertThat(providers("cn")).isNotEmpty().allSatisfy((id, named) -> is(named, "getui"));
    assertThat(providers("eu")).isNotEmpty().allSatisfy((id, named) -> is(named, "fcm"));
    assertThat(providers("cn").keySet()).contains("FunctionsApi", "FunctionsDeliver");
  }

  @Test
  void onlyTheCellOfGetuiHoldsItsCredentialsAndEachFunctionThatPushesMayReadThem() {
    Set<String> pushing = Set.of("FunctionsApi", "FunctionsDeliver", "FunctionsTick");
    assertThat(having("cn", "TOWNCRIER_GETUI_CREDENTIALS")).isEqualTo(pushing);
    for (String cell : new String[] {"eu", "us"}) {
      assertThat(having(cell, "TOWNCRIER_GETUI_CREDENTIALS")).isEmpty();
      assertThat(Synthesized.cell(cell).all("AWS::SecretsManager::Secret").keySet())
          .noneMatch(id -> id.contains("Getui"));
    }
    assertThat(
            Synthesized.cell("cn").all("AWS::IAM::Role").values().stream()
                .filter(role -> role.toString().contains("SecretsGetuiCredentials"))
                .count())
        .isEqualTo(pushing.size());
  }

  private static Set<String> having(String cell, String variable) {
    return told(cell).entrySet().stream()
        .filter(entry -> entry.getValue().has(variable))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static void is(JsonNode named, String expected) {
    assertThat(named.asText()).isEqualTo(expected);
  }

  private static Map<String, JsonNode> providers(String cell) {
    Map<String, JsonNode> providers = new TreeMap<>();
    told(cell)
        .forEach(
            (id, variables) -> {
              if (variables.has("TOWNCRIER_FCM_CREDENTIALS") || id.equals("FunctionsApi")) {
                providers.put(id, variables.path("TOWNCRIER_RESIDENCY_PUSH_PROVIDERS"));
              }
            });
    return providers;
  }

  /** The variables of each function, by the beginning of its logical id. */
  private static Map<String, JsonNode> told(String cell) {
    Map<String, JsonNode> told = new TreeMap<>();
    Synthesized.cell(cell)
        .all("AWS::Lambda::Function")
        .forEach(
            (id, function) -> {
              if (id.startsWith("Functions")) {
                told.put(
                    id.replaceAll("[0-9A-F]{8}$", ""),
                    function.at("/Properties/Environment/Variables"));
              }
            });
    return told;
  }
}
