package io.towncrier.events.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.events.Endpoints;
import io.towncrier.events.EventsConfig;
import io.towncrier.testing.Configs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointResourceTest {
  @Test
  void theBusIsListedLikeOtherReceiversWithoutItsAccount() {
    EventsConfig config =
        Configs.of(
            EventsConfig.class,
            Map.of(
                "towncrier.events.bus",
                "arn:aws:events:eu-central-1:111122223333:event-bus/towncrier-eu-events",
                "towncrier.events.bus-topics",
                "rollout.halted,release.published",
                "towncrier.events.endpoints.crm.url",
                "https://crm.example.com:8443/hook/s3cret",
                "towncrier.events.endpoints.crm.secret",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "towncrier.events.endpoints.crm.topics",
                "notice.done"));
    assertThat(new EndpointResource(new Endpoints(config)).all().endpoints())
        .containsExactly(
            new EndpointResource.Receiver("crm", "crm.example.com:8443", List.of("notice.done")),
            new EndpointResource.Receiver(
                "bus", "towncrier-eu-events", List.of("release.published", "rollout.halted")));
  }
}
