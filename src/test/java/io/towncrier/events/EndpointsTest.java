package io.towncrier.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Endpoints are named in the environment, by names of the operator's own. */
class EndpointsTest {
  private static final Map<String, String> CRM =
      Map.of(
          "TOWNCRIER_EVENTS_ENDPOINTS_CRM_URL", "https://crm.example.com/hook",
          "TOWNCRIER_EVENTS_ENDPOINTS_CRM_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  @Test
  void anEndpointHearsOfAllTopicsOrOfThoseThatItNames() {
    Endpoints all = endpoints(Map.of());
    assertThat(all.find("crm").orElseThrow().url())
        .isEqualTo(URI.create("https://crm.example.com/hook"));
    for (EventTopic topic : EventTopic.values()) {
      assertThat(all.of(topic)).containsExactly("crm");
    }
    Endpoints some =
        endpoints(Map.of("TOWNCRIER_EVENTS_ENDPOINTS_CRM_TOPICS", "notice.done,rollout.halted"));
    assertThat(some.of(EventTopic.NOTICE_DONE)).containsExactly("crm");
    assertThat(some.of(EventTopic.RELEASE_PUBLISHED)).isEmpty();
    assertThat(some.find("crm").orElseThrow().toString()).isEqualTo("Endpoint[crm]");
  }

  @Test
  void aBusIsAnEndpointBesideTheOthers() {
    Endpoints both =
        endpoints(
            Map.of(
                "TOWNCRIER_EVENTS_BUS", "towncrier-eu-events",
                "TOWNCRIER_EVENTS_BUS_TOPICS", "notice.done"));
    assertThat(both.of(EventTopic.NOTICE_DONE)).containsExactlyInAnyOrder("bus", "crm");
    assertThat(both.of(EventTopic.ROLLOUT_HALTED)).containsExactly("crm");
    assertThat(both.all()).extracting(Endpoint::name).containsExactly("crm", "bus");
    assertThat(both.all())
        .extracting(Endpoint::shown)
        .containsExactly("crm.example.com", "towncrier-eu-events");
    assertThat(both.find("bus")).as("nothing is posted to it").isEmpty();
    assertThat(endpoints(Map.of()).bus()).isEmpty();
    for (String partition : new String[] {"aws", "aws-cn"}) {
      String arn = "arn:" + partition + ":events:cn-north-1:111122223333:event-bus/of/others";
      Endpoints byArn = endpoints(Map.of("TOWNCRIER_EVENTS_BUS", arn));
      assertThat(byArn.bus().orElseThrow().bus()).isEqualTo(arn);
      assertThat(byArn.bus().orElseThrow().shown()).isEqualTo("of/others");
      assertThat(byArn.of(EventTopic.ROLLOUT_HALTED)).contains("bus");
    }
  }

  @Test
  void aBusThatCannotBeRightEndsTheStart() {
    for (String bus :
        new String[] {
          "two words", "https://events.example.com", "arn:aws:sns:eu-central-1:111122223333:topic"
        }) {
      assertThatThrownBy(() -> endpoints(Map.of("TOWNCRIER_EVENTS_BUS", bus)))
          .as(bus)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TOWNCRIER_EVENTS_BUS");
    }
    assertThatThrownBy(
            () ->
                endpoints(
                    Map.of(
                        "TOWNCRIER_EVENTS_BUS", "towncrier-eu-events",
                        "TOWNCRIER_EVENTS_BUS_TOPICS", "notice.finished")))
        .hasMessageContaining("TOWNCRIER_EVENTS_BUS");
    Map<String, String> sameName =
        Map.of(
            "TOWNCRIER_EVENTS_ENDPOINTS_BUS_URL", "https://bus.example.com/hook",
            "TOWNCRIER_EVENTS_ENDPOINTS_BUS_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(endpoints(sameName).find("bus")).isPresent();
    Map<String, String> both = new HashMap<>(sameName);
    both.put("TOWNCRIER_EVENTS_BUS", "towncrier-eu-events");
    assertThatThrownBy(() -> endpoints(both)).hasMessageContaining("takes the name");
  }

  @Test
  void whatCannotBeRightEndsTheStart() {
    for (String url :
        new String[] {"http://crm.example.com", "https:///x", "https://me:you@crm.example.com"}) {
      assertThatThrownBy(() -> endpoints(Map.of("TOWNCRIER_EVENTS_ENDPOINTS_CRM_URL", url)))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> endpoints(Map.of("TOWNCRIER_EVENTS_ENDPOINTS_CRM_TOPICS", "notice.finished")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crm");
  }

  private static Endpoints endpoints(Map<String, String> given) {
    Map<String, String> environment = new HashMap<>(CRM);
    environment.putAll(given);
    return new Endpoints(
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withConverter(Duration.class, 100, new DurationConverter())
            .withSources(new EnvConfigSource(environment, 300))
            .withMapping(EventsConfig.class)
            .build()
            .getConfigMapping(EventsConfig.class));
  }
}
