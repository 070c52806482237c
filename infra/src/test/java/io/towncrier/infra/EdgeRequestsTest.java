package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each request of a client of ours comes through both kinds of CDN as it was sent. */
final class EdgeRequestsTest {
  private static final List<String> CELLS = List.of("eu", "us", "cn");

  // What CloudFront passes on by itself where it keeps nothing.
  private static final Set<String> BY_ITSELF = Set.of("Content-Type", "Cookie");

  @Test
  void eachComesThroughWithItsMethod() throws IOException {
    Set<String> methods = new TreeSet<>();
    for (ClientRequest request : ClientRequest.all()) {
      methods.add(request.method());
      for (String cell : CELLS) {
        assertThat(texts(behavior(cell, request.path()).path("AllowedMethods")))
            .as("%s: %s", cell, request.name())
            .contains(request.method());
      }
    }
    assertThat(methods).contains("GET", "PUT", "POST", "DELETE");
  }

  @Test
  void whatDevicesAndPushProvidersSayIsKeptByNobodyAndAnsweredByTheApi() throws IOException {
    Set<String> met = new TreeSet<>();
    for (ClientRequest request : ClientRequest.all()) {
      if (request.path().matches("/v1/(devices|push-receipts)(/.*)?")) {
        met.add(request.path());
        for (String cell : CELLS) {
          JsonNode behavior = behavior(cell, request.path());
          assertThat(behavior).as("%s: %s", cell, request.name()).isEqualTo(others(cell));
          assertThat(behavior.path("TargetOriginId").asText()).isEqualTo("api");
        }
      }
    }
    assertThat(met)
        .contains(
            "/v1/push-receipts/getui",
            "/v1/devices/{device}/message-key",
            "/v1/devices/{device}/push-addresses/fcm");
  }

  @Test
  void inChinaEachHeaderThatAClientSendsIsPassedOnByName() throws IOException {
    JsonNode others = others("cn");
    Set<String> passed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    passed.addAll(texts(others.at("/ForwardedValues/Headers")));
    passed.addAll(BY_ITSELF);
    for (ClientRequest request : ClientRequest.all()) {
      if (behavior("cn", request.path()).equals(others)) {
        assertThat(passed).as(request.name()).containsAll(request.headers().keySet());
      }
    }
  }

  /** Limits by source, and the networks from which receipts are taken, look at that address. */
  @Test
  void theApiIsToldHowManyStandBetweenItAndTheClient() {
    for (String cell : CELLS) {
      assertThat(
              Synthesized.cell(cell)
                  .the("AWS::Lambda::Function", "FunctionsApi")
                  .at("/Environment/Variables/TOWNCRIER_HTTP_TRUSTED_PROXIES")
                  .asText())
          .as(cell)
          .isEqualTo("2");
    }
  }

  /** The first whose pattern fits, as CloudFront chooses it. */
  private static JsonNode behavior(String cell, String path) {
    for (JsonNode behavior : config(cell).path("CacheBehaviors")) {
      String pattern =
          Arrays.stream(behavior.path("PathPattern").asText().split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      if (path.matches(pattern)) {
        return behavior;
      }
    }
    return others(cell);
  }

  private static JsonNode others(String cell) {
    return config(cell).path("DefaultCacheBehavior");
  }

  private static JsonNode config(String cell) {
    return Synthesized.cell(cell).the("AWS::CloudFront::Distribution").path("DistributionConfig");
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
