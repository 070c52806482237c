package io.towncrier.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.events.EventSender.Outcome;
import io.towncrier.events.aws.LoopbackBus;
import io.towncrier.platform.PageRequest;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackEventBridge;
import io.towncrier.testing.LoopbackEventBridge.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the outbox to a bus and to a receiver beside it. */
class BusDrainTest {
  private static final int EVENTS = 1_000;
  private static final EventsConfig CONFIG =
      Configs.of(
          EventsConfig.class,
          Map.of(
              "towncrier.events.bus", "towncrier-eu-events",
              "towncrier.events.endpoints.crm.url", "https://crm.example.com/hook",
              "towncrier.events.endpoints.crm.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

  private final KeptOutbox outbox = new KeptOutbox();
  private final Endpoints endpoints = new Endpoints(CONFIG);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-04T12:00:00Z"));
  private final InstantSource clock = now::get;
  private final Set<String> posted = new HashSet<>();
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
  void whateverFailsEachEventArrivesAndARepeatIsTheSame() {
    Random random = new Random(18);
    loopback.fail(
        () ->
            oneOf(
                random,
                List.of(
                    Fault.NONE,
                    Fault.NONE,
                    Fault.NONE,
                    Fault.NONE,
                    Fault.NONE,
                    Fault.THROTTLED,
                    Fault.TOO_MANY,
                    Fault.BROKEN,
                    Fault.GARBLED,
                    Fault.LOST)));
    loopback.refuse(
        entry -> oneOf(random, List.of("", "", "", "InternalFailure", "ThrottlingException")));
    TellEvent tell = new TellEvent(endpoints, outbox, clock);
    for (int i = 0; i < EVENTS; i++) {
      EventTopic topic = oneOf(random, List.of(EventTopic.values()));
      done(() -> tell.that(topic, Map.of("number", (long) random.nextInt())));
    }
    Map<String, Event> told = new HashMap<>();
    outbox.waiting.forEach(due -> told.put(due.event().id(), due.event()));
    assertThat(told).hasSize(EVENTS);
    assertThat(outbox.waiting).hasSize(2 * EVENTS);

    SendEvents send = send();
    for (int looks = 0; !outbox.waiting.isEmpty() && looks < 10_000; looks++) {
      done(() -> send.run(() -> true));
      now.updateAndGet(before -> before.plus(Duration.ofMinutes(30)));
      reviveDeadLetters();
    }

    assertThat(outbox.waiting).isEmpty();
    assertThat(posted).as("the receiver beside the bus").isEqualTo(told.keySet());
    Set<String> arrived = new HashSet<>();
    for (JsonNode entry : loopback.taken()) {
      JsonNode detail = LoopbackEventBridge.detail(entry);
      Event event = told.get(detail.path("id").asText());
      assertThat(event).as("%s was told", detail).isNotNull();
      assertThat(entry.path("DetailType").asText()).isEqualTo(event.topic());
      assertThat(detail.path("data").path("number").asLong()).isEqualTo(event.data().get("number"));
      arrived.add(event.id());
    }
    assertThat(arrived).isEqualTo(told.keySet());
    assertThat(loopback.taken()).as("some came twice").hasSizeGreaterThan(EVENTS);
  }

  @Test
  void whatABusDoesNotTakeIsADeadLetterAndNeverAskedForMoreThanOnceALook() {
    loopback.fail(() -> Fault.DENIED);
    TellEvent tell = new TellEvent(endpoints, outbox, clock);
    IntStream.range(0, 30)
        .forEach(i -> done(() -> tell.that(EventTopic.NOTICE_DONE, Map.of("notice", "n" + i))));
    SendEvents send = send();
    int looks = 0;
    for (; !outbox.waiting.isEmpty() && looks < 1_000; looks++) {
      int before = loopback.requests();
      done(() -> send.run(() -> true));
      assertThat(loopback.requests() - before).isLessThanOrEqualTo(1);
      now.updateAndGet(then -> then.plus(Duration.ofHours(1)));
    }
    assertThat(outbox.waiting).isEmpty();
    assertThat(outbox.ended)
        .filteredOn(end -> end.endsWith(" answered-AccessDeniedException"))
        .hasSize(30);
    assertThat(posted).hasSize(30);
  }

  @Test
  void whatIsForABusThatIsNotKnownHereIsLeftToOthersAndGivenUpAfterAnHour() {
    done(
        () ->
            new TellEvent(endpoints, outbox, clock)
                .that(EventTopic.NOTICE_DONE, Map.of("notice", "n")));
    EventsConfig none = Configs.of(EventsConfig.class, Map.of());
    SendEvents send =
        new SendEvents(outbox, new Endpoints(none), this::post, EventBus.NONE, none, clock);
    done(() -> send.tidy(() -> true));
    assertThat(outbox.waiting)
        .as("a version that knows it may have begun, and no attempt is used up")
        .extracting(EventOutbox.Due::attempts)
        .containsExactly(0, 0);
    now.updateAndGet(then -> then.plus(Duration.ofMinutes(15)));
    done(() -> send().run(() -> true));
    assertThat(outbox.waiting).isEmpty();
    assertThat(loopback.taken()).hasSize(1);
    assertThat(posted).hasSize(1);

    done(
        () ->
            new TellEvent(endpoints, outbox, clock)
                .that(EventTopic.NOTICE_DONE, Map.of("notice", "m")));
    outbox.ended.clear();
    now.updateAndGet(then -> then.plus(Duration.ofMinutes(61)));
    done(() -> send.tidy(() -> true));
    assertThat(outbox.waiting).isEmpty();
    assertThat(outbox.ended).hasSize(2).allMatch(end -> end.endsWith(" endpoint-removed"));
  }

  /** As operators do it. */
  private void reviveDeadLetters() {
    PageRequest<EventOutbox.Key> some = new PageRequest<>(Optional.empty(), false, 100);
    for (EventOutbox.Dead dead : outbox.dead(some).await().indefinitely().items()) {
      done(() -> outbox.revive(dead.key(), now.get()));
    }
  }

  private SendEvents send() {
    return new SendEvents(
        outbox,
        endpoints,
        this::post,
        LoopbackBus.at(loopback.endpoint(), Duration.ofSeconds(10)),
        CONFIG,
        clock);
  }

  private Uni<Outcome> post(Endpoint.Https receiver, Event event) {
    assertThat(receiver.name()).isEqualTo("crm");
    posted.add(event.id());
    return Uni.createFrom().item(new Outcome.Taken());
  }

  private static void done(Supplier<Uni<?>> work) {
    work.get().await().atMost(Duration.ofMinutes(1));
  }

  private static <T> T oneOf(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
