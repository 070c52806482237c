package io.towncrier.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.testing.Configs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendEventsTest {
  @Test
  void aReceiverHasDaysToComeBack() {
    Duration all = Duration.ZERO;
    for (int attempts = 1; attempts < 12; attempts++) {
      Duration wait = RetryTimes.after(attempts, Optional.empty());
      assertThat(wait).isGreaterThanOrEqualTo(RetryTimes.after(1, Optional.empty()));
      all = all.plus(wait);
    }
    assertThat(RetryTimes.after(1, Optional.empty())).isEqualTo(Duration.ofSeconds(5));
    assertThat(RetryTimes.after(50, Optional.empty())).isEqualTo(Duration.ofHours(12));
    assertThat(all).isBetween(Duration.ofDays(2), Duration.ofDays(4));
  }

  @Test
  void aReceiverMayAskForMoreTimeButNotForDays() {
    assertThat(RetryTimes.after(1, Optional.of(Duration.ofMinutes(2))))
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryTimes.after(3, Optional.of(Duration.ofSeconds(1))))
        .isEqualTo(Duration.ofMinutes(3));
    assertThat(RetryTimes.after(1, Optional.of(Duration.ofDays(9))))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theLastEndpointThatIsTakenOutLeavesNothingThatWaits() {
    KeptOutbox outbox = new KeptOutbox();
    for (int i = 0; i < 25; i++) {
      Event event = new Event("evt_" + i, "notice.done", Instant.EPOCH, Map.of());
      outbox.waiting.add(new EventOutbox.Due(event, "crm", 0));
    }
    outbox.old = 1_200;
    EventsConfig none = Configs.of(EventsConfig.class, Map.of());
    SendEvents send =
        new SendEvents(
            outbox,
            new Endpoints(none),
            (endpoint, event) -> {
              throw new AssertionError("nobody listens");
            },
            EventBus.NONE,
            none,
            Clock.fixed(Instant.EPOCH.plus(Duration.ofDays(90)), ZoneOffset.UTC));
    assertThat(send.run(() -> true).await().indefinitely()).isZero();
    assertThat(send.tidy(() -> true).await().indefinitely()).isEqualTo(1_225);
    assertThat(outbox.ended).hasSize(25).allMatch(each -> each.endsWith(" endpoint-removed"));
    assertThat(outbox.old).isZero();

    PageRequest<EventOutbox.Key> first = new PageRequest<>(Optional.empty(), false, 10);
    Page<EventOutbox.Dead> shown = outbox.dead(first).await().indefinitely();
    assertThat(shown.counted()).isEqualTo(25);
    assertThat(shown.items()).hasSize(10).allMatch(one -> one.reason().equals("endpoint-removed"));
    EventOutbox.Key one = shown.items().get(0).key();
    assertThat(outbox.revive(one, Instant.EPOCH).await().indefinitely()).isTrue();
    assertThat(outbox.revive(one, Instant.EPOCH).await().indefinitely()).isFalse();
    assertThat(outbox.waiting).extracting(EventOutbox.Due::endpoint).containsExactly("crm");
  }

  @Test
  void anEventHoldsTextsAndNumbersAlone() {
    assertThatThrownBy(
            () -> new Event("evt_1", "notice.done", Instant.EPOCH, Map.of("x", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
