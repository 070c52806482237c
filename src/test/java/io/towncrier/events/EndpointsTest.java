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
