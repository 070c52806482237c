package io.towncrier.events.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.events.Endpoint;
import io.towncrier.events.Event;
import io.towncrier.events.EventBus;
import io.towncrier.events.EventSender.Outcome;
import io.towncrier.events.EventTopic;
import io.towncrier.testing.LoopbackEventBridge;
import io.towncrier.testing.LoopbackEventBridge.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventBridgeBusTest {
  private static final Endpoint.Bus BUS =
      new Endpoint.Bus("towncrier-eu-events", EnumSet.allOf(EventTopic.class));
  private static final Instant AT = Instant.parse("2026-05-04T12:00:00.250Z");

  private LoopbackEventBridge loopback;

  @BeforeEach
  void start() throws IOException {
    LoopbackBus.enterFunction();
    loopback = LoopbackEventBridge.start();
  }

  @AfterEach
  void stop() {
    loopback.close();
    LoopbackBus.leaveFunction();
  }

  @Test
  void anEventArrivesByItsTopicWithItsIdInTheDetail() {
    Event event =
        new Event("evt_1", "rollout.halted", AT, Map.of("product", "r1", "version", "1.2"));
    EventBus.Answer answer = put(List.of(event));
    assertThat(answer.outcomes()).isEqualTo(Map.of("evt_1", new Outcome.Taken()));
    assertThat(answer.goesOn()).isTrue();
    JsonNode entry = loopback.taken().get(0);
    assertThat(entry.path("EventBusName").asText()).isEqualTo("towncrier-eu-events");
    assertThat(entry.path("Source").asText()).isEqualTo("io.towncrier");
    assertThat(entry.path("DetailType").asText()).isEqualTo("rollout.halted");
    assertThat(entry.path("Time").asLong()).isEqualTo(AT.getEpochSecond());
    assertThat(entry.path("Detail").asText())
        .isEqualTo(
            "{\"id\":\"evt_1\",\"type\":\"rollout.halted\","
                + "\"timestamp\":\"2026-05-04T12:00:00.250Z\","
                + "\"data\":{\"product\":\"r1\",\"version\":\"1.2\"}}");
  }

  @Test
  void ofOneRequestSomeAreTakenAndOthersAreNot() {
    loopback.refuse(
        entry ->
            switch (LoopbackEventBridge.detail(entry).path("id").asText()) {
              case "evt_3" -> "InternalFailure";
              case "evt_7" -> "not a code\n";
              default -> "";
            });
    EventBus.Answer answer = put(events(25));
    assertThat(answer.outcomes()).hasSize(25);
    answer
        .outcomes()
        .forEach(
            (id, outcome) ->
                assertThat(outcome)
                    .as(id)
                    .isEqualTo(
                        switch (id) {
                          case "evt_3" -> failed("answered-InternalFailure");
                          case "evt_7" -> failed("answer-not-readable");
                          default -> new Outcome.Taken();
                        }));
    assertThat(answer.goesOn()).isTrue();
    assertThat(loopback.taken()).hasSize(23);
    assertThat(loopback.requests()).isEqualTo(3);
  }

  @Test
  void aBusThatThrottlesIsLeftAloneForAMinute() {
    Optional<Duration> minute = Optional.of(Duration.ofMinutes(1));
    loopback.fail(() -> Fault.THROTTLED);
    EventBus.Answer answer = put(events(25));
    assertThat(answer.goesOn()).isFalse();
    assertThat(answer.outcomes())
        .as("what was not asked for has no outcome")
        .hasSize(10)
        .containsEntry("evt_0", new Outcome.Failed("answered-ThrottlingException", minute))
        .doesNotContainKey("evt_10");
    assertThat(loopback.requests()).isEqualTo(1);

    loopback.fail(() -> Fault.TOO_MANY);
    assertThat(put(events(1)).outcomes())
        .containsEntry("evt_0", new Outcome.Failed("answered-429", minute));

    loopback.fail(() -> Fault.NONE);
    loopback.refuse(entry -> loopback.taken().size() < 4 ? "" : "ThrottlingException");
    answer = put(events(25));
    assertThat(answer.goesOn()).isFalse();
    assertThat(answer.outcomes())
        .hasSize(10)
        .containsEntry("evt_3", new Outcome.Taken())
        .containsEntry("evt_4", new Outcome.Failed("answered-ThrottlingException", minute));
  }

  @Test
  void whatWasNotAnsweredIsUnknownAndComesAgainWithTheSameId() {
    loopback.fail(() -> Fault.SILENT);
    EventBus.Answer answer = put(events(2), Duration.ofMillis(500));
    assertThat(answer.goesOn()).isFalse();
    assertThat(answer.outcomes().values()).hasSize(2).containsOnly(failed("not-reached"));
    loopback.fail(() -> Fault.NONE);
    put(events(2));
    assertThat(loopback.taken())
        .extracting(entry -> LoopbackEventBridge.detail(entry).path("id").asText())
        .containsExactly("evt_0", "evt_1", "evt_0", "evt_1");
  }

  @Test
  void whatTheServiceSaysIsTheReason() {
    loopback.fail(() -> Fault.DENIED);
    assertThat(put(events(11)).outcomes().values())
        .hasSize(10)
        .containsOnly(failed("answered-AccessDeniedException"));
    loopback.fail(() -> Fault.BROKEN);
    assertThat(put(events(1)).outcomes().values())
        .containsOnly(failed("answered-InternalException"));
    loopback.fail(() -> Fault.GARBLED);
    assertThat(put(events(3)).outcomes().values())
        .hasSize(3)
        .containsOnly(failed("answer-not-readable"));
    loopback.close();
    assertThat(put(events(1)).outcomes().values()).containsOnly(failed("not-reached"));
  }

  @Test
  void aRequestIsNoLargerThanTheServiceTakes() {
    // Two bytes a letter: characters are not what is counted.
    List<Event> large = IntStream.range(0, 5).mapToObj(i -> holding(i, 50_000)).toList();
    assertThat(put(large).outcomes().values()).hasSize(5).containsOnly(new Outcome.Taken());
    assertThat(loopback.requests()).isEqualTo(3);

    EventBus.Answer answer = put(List.of(holding(7, 140_000), holding(8, 1)));
    assertThat(answer.outcomes())
        .containsEntry("evt_7", failed("too-large"))
        .containsEntry("evt_8", new Outcome.Taken());
    assertThat(answer.goesOn()).isTrue();
    assertThat(put(List.of()).outcomes()).isEmpty();
    assertThat(loopback.requests()).isEqualTo(4);
  }

  private static Event holding(int number, int letters) {
    return new Event(
        "evt_" + number, "notice.done", AT, Map.of("notice", "\u00fc".repeat(letters)));
  }

  private static List<Event> events(int count) {
    return IntStream.range(0, count).mapToObj(i -> holding(i, 3)).toList();
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(reason, Optional.empty());
  }

  private EventBus.Answer put(List<Event> events) {
    return put(events, Duration.ofSeconds(10));
  }

  private EventBus.Answer put(List<Event> events, Duration timeout) {
    return LoopbackBus.at(loopback.endpoint(), timeout)
        .put(BUS, events)
        .await()
        .atMost(Duration.ofSeconds(30));
  }
}
