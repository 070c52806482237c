package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;

/** Counts what a call allocates, in whole bytes: what the JVM does once beside them is less. */
public final class Allocated {
  private static final int CALLS = 20_000;

  private Allocated() {}

  /** The bytes that a call allocates after it was made once. */
  public static long perCall(IntSupplier call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int first = call.getAsInt();
    int others = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      others |= call.getAsInt();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(others).as("every call answers the same").isEqualTo(first);
    return allocated / CALLS;
  }
}
