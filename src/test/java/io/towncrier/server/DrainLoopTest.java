package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainLoopTest {
  private static final Duration TIMER = Duration.ofSeconds(1);

  private final Deque<UniEmitter<? super Void>> runs = new ArrayDeque<>();
  private final List<Bell> bells = new ArrayList<>();
  private int begun;
  private Optional<Duration> next = Optional.empty();

  private final DrainLoop loop =
      new DrainLoop(
          () -> Uni.createFrom().<Void>emitter(this::runs),
          () -> Uni.createFrom().item(next),
          (wait, call) -> {
            if (wait.isZero()) {
              call.run();
            } else {
              bells.add(new Bell(wait, call));
            }
          },
          TIMER);

  @Test
  void aWakeBeforeTheFirstLookIsLeftToIt() {
    loop.wake();
    assertThat(begun).isZero();
    loop.look();
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void aWakeBeginsARunAtOnce() {
    loop.look();
    end();
    loop.wake();
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void manyWakesDuringARunMakeOneMoreBehindIt() {
    loop.look();
    loop.wake();
    loop.wake();
    loop.wake();
    assertThat(begun).isEqualTo(1);
    end();
    assertThat(begun).isEqualTo(2);
    end();
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void theTimerAddsNoRunToOneThatIsUnderWay() {
    loop.look();
    loop.look();
    end();
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void aRunThatFailsIsNotTheLast() {
    loop.look();
    runs.remove().fail(new IllegalStateException("the database is away"));
    assertThat(bells).isEmpty();
    loop.look();
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void whatBecomesDueSoonerThanTheTimerLooksIsWaitedFor() {
    next = Optional.of(Duration.ofMillis(600));
    loop.look();
    end();
    assertThat(bells).hasSize(1);
    assertThat(bells.get(0).length).isEqualTo(next.get());
    bells.get(0).call.run();
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void aNoticeThatBecomesDueAllTheTimeIsNotLookedForAllTheTime() {
    next = Optional.of(Duration.ZERO);
    loop.look();
    end();
    assertThat(bells.get(0).length).isEqualTo(DrainLoop.SHORTEST);
  }

  @Test
  void whatBecomesDueLaterIsTheTimers() {
    next = Optional.of(TIMER);
    loop.look();
    end();
    assertThat(bells).isEmpty();
  }

  @Test
  void anAlarmOfAnEarlierRunBeginsNothing() {
    next = Optional.of(Duration.ofMillis(600));
    loop.look();
    end();
    loop.wake();
    end();
    bells.get(0).call.run();
    assertThat(begun).isEqualTo(2);
    bells.get(1).call.run();
    assertThat(begun).isEqualTo(3);
  }

  private void runs(UniEmitter<? super Void> run) {
    begun++;
    runs.add(run);
  }

  private void end() {
    @Nullable Void nothing = null;
    runs.remove().complete(nothing);
  }

  private record Bell(Duration length, Runnable call) {}
}
