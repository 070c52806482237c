package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final List<UniEmitter<? super Integer>> begun = new ArrayList<>();
  private final Rounds rounds =
      new Rounds(
          Logger.getLogger(RoundsTest.class),
          "a round failed",
          () -> Uni.createFrom().<Integer>emitter(begun::add));

  @Test
  void oneRoundIsUnderWayAtATime() {
    ask();
    ask();
    assertThat(begun).hasSize(1);
  }

  @Test
  void whoAsksMeanwhileGetsAnotherRoundBehindIt() {
    ask();
    ask();
    ask();
    begun.get(0).complete(1);
    assertThat(begun).hasSize(2);
    begun.get(1).complete(1);
    assertThat(begun).as("one round for all that asked").hasSize(2);
    ask();
    assertThat(begun).hasSize(3);
  }

  @Test
  void aRoundThatFailsEndsNone() {
    ask();
    begun.get(0).fail(new IllegalStateException("away"));
    ask();
    assertThat(begun).hasSize(2);
  }

  private void ask() {
    rounds.run().subscribe().with(done -> {});
  }
}
