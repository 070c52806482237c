package io.towncrier.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 30})
  void aBoundIsTheOneThatIsGiven(int seconds) {
    Duration bound = Duration.ofSeconds(seconds);
    AtomicLong looks = new AtomicLong();
    // From one look at the clock to the next half of the bound passes.
    assertThatThrownBy(
            () ->
                Await.until(
                    "it happens",
                    bound,
                    () -> false,
                    () -> looks.getAndIncrement() * bound.toNanos() / 2))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within " + bound + ": it happens");
    assertThat(looks.get()).as("at its begin, twice within it, once after it").isEqualTo(4);
  }
}
