package io.towncrier.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

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

  /** Fails when it has not happened in time. */
  public static void until(String what, Duration atMost, BooleanSupplier happened) {
    long end = System.nanoTime() + atMost.toNanos();
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
