package io.towncrier.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Waits for what happens soon. */
public final class Await {
  /** As long as a machine may take that runs two lanes of the gate on two cores. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

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
   * Fails when a text never says all of this. For health, whose first look at the database may take
   * longer than its probe waits, on a machine that has much to do.
   */
  public static void says(Supplier<String> text, String... words) {
    AtomicReference<String> last = new AtomicReference<>("");
    try {
      patiently(
          String.join(", ", words),
          () -> {
            last.set(text.get());
            return Arrays.stream(words).allMatch(last.get()::contains);
          });
    } catch (AssertionError never) {
      throw new AssertionError(never.getMessage() + "; last: " + last.get(), never);
    }
  }

  /** Fails when it never happens. For what the service does soon, and promises no time for. */
  public static void patiently(String what, BooleanSupplier happened) {
    until(what, PATIENCE, happened);
  }

  /**
   * Fails when it has not happened within a bound that is meant: one that the service promises, or
   * that something else of the test sets. It is exact; {@link #patiently} is for all others.
   */
  public static void until(String what, Duration bound, BooleanSupplier happened) {
    until(what, bound, happened, System::nanoTime);
  }

  static void until(String what, Duration bound, BooleanSupplier happened, LongSupplier nanos) {
    long began = nanos.getAsLong();
    while (!happened.getAsBoolean()) {
      if (nanos.getAsLong() - began > bound.toNanos()) {
        throw new AssertionError("not within " + bound + ": " + what);
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
