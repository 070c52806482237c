package io.towncrier.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens soon. */
public final class Await {
  private Await() {}

  /** Lets time pass. */
  public static void aWhile(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Fails when an answer comes although what it has to wait for goes on.
   *
   * @param request one that the same service answers meanwhile; when it has answered several of
   *     them, an answer that waits for nothing would have come, too
   */
  public static void unanswered(Future<?> answer, Runnable request) {
    for (int i = 0; i < 10; i++) {
      request.run();
      if (answer.isDone()) {
        throw new AssertionError("it was answered and had to wait");
      }
    }
  }

  /** Waits for a latch, as a provider does that takes a message and keeps its answer. */
  public static void opened(CountDownLatch latch) {
    try {
      latch.await(8, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Fails when a text does not say all of this in time. For health, whose first look at the
   * database may take longer than its probe waits, on a machine that has much to do.
   */
  public static void says(Duration atMost, Supplier<String> text, String... words) {
    AtomicReference<String> last = new AtomicReference<>("");
    try {
      until(
          String.join(", ", words),
          atMost,
          () -> {
            last.set(text.get());
            return Arrays.stream(words).allMatch(last.get()::contains);
          });
    } catch (AssertionError never) {
      throw new AssertionError(never.getMessage() + "; last: " + last.get(), never);
    }
  }

  /**
   * Fails when it has not happened in time. A time of ten seconds or more is no bound of the
   * service, only patience, and a gate with two lanes on two cores needs three times as much.
   */
  public static void until(String what, Duration atMost, BooleanSupplier happened) {
    boolean isBound = atMost.compareTo(Duration.ofSeconds(10)) < 0;
    long end = System.nanoTime() + atMost.multipliedBy(isBound ? 1 : 3).toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + atMost + ": " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stopped);
      }
    }
  }
}
