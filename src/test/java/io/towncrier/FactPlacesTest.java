package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.targeting.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A fact is added in {@link Fact}; readers, query, explain, metrics and parameters follow. What
 * cannot follow, as it is another program or written by hand, is compared with it here.
 */
@Tag("zoneless")
class FactPlacesTest {
  /** Facts of a check without credentials that a registered device does not report. */
  private static final Set<Fact> ANONYMOUS_ONLY = Set.of(Fact.ROLLOUTS);

  private static final Pattern CACHE_KEY =
      Pattern.compile("CHECK_KEY =\\s*List\\.of\\(([^)]*)\\)", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("\"([a-z]+)\"");

  @Test
  void theCacheKeyOfTheCdnHasEachFactInItsOrder() throws IOException {
    String dialect =
        Files.readString(
            Path.of("infra/src/main/java/io/towncrier/infra/stack/edge/EdgeDialect.java"));
    MatchResult key = CACHE_KEY.matcher(dialect).results().findFirst().orElseThrow();

    assertThat(QUOTED.matcher(key.group(1)).results().map(name -> name.group(1)))
        .containsExactlyElementsOf(Fact.ALL.stream().map(Fact::code).toList());
  }

  @Test
  void everyPlaceNamesEachFact() throws IOException {
    assertThat(missing(places(Files.readString(Path.of("api/openapi.yaml"))))).isEmpty();
  }

  @Test
  void aPlaceThatForgetsAFactIsNamed() throws IOException {
    String contract = Files.readString(Path.of("api/openapi.yaml"));
    String schema = schema(contract, "DeviceChange");

    assertThat(
            missing(
                places(
                    contract.replace(schema, schema.replace("        hardware:", "        x:")))))
        .contains("schema DeviceChange: hardware");
  }

  private static Map<String, String> places(String contract) throws IOException {
    Map<String, String> places = new LinkedHashMap<>();
    for (String name : List.of("ClientFacts", "ExplainRequest", "ExplainedFacts")) {
      places.put("schema " + name, schema(contract, name));
    }
    for (String name : List.of("DeviceFacts", "DeviceChange", "DeviceRegistration")) {
      places.put("schema " + name, schema(contract, name));
    }
    for (String page :
        List.of("docs/routers.md", "clients/router/towncrier-update", "clients/app/towncrier.js")) {
      places.put(page, Files.readString(Path.of(page)));
    }
    return places;
  }

  private static List<String> missing(Map<String, String> places) {
    List<String> missing = new ArrayList<>();
    places.forEach(
        (place, text) -> {
          for (Fact fact : Fact.ALL) {
            boolean isExempt =
                ANONYMOUS_ONLY.contains(fact)
                    && place.startsWith("schema")
                    && !place.equals("schema ClientFacts");
            boolean isNamed =
                place.startsWith("schema")
                    ? text.contains("\n        " + fact.code() + ":")
                    : Pattern.compile("\\b" + fact.code() + "\\b").matcher(text).find();
            if (!isNamed && !isExempt) {
              missing.add(place + ": " + fact.code());
            }
          }
        });
    return missing;
  }

  /** The text of one schema of the contract. */
  private static String schema(String contract, String name) {
    return Pattern.compile("(?m)^    " + name + ":\\n((?:^     .*\\n)+)")
        .matcher(contract)
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no schema " + name))
        .group();
  }
}
