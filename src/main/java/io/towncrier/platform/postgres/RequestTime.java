package io.towncrier.platform.postgres;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How long what is under way may wait for the database in all; what it waits for others, such as a
 * provider, does not count. It belongs to the Vert.x context of a request; jobs have none, and wait
 * as long as a statement may take.
 */
public final class RequestTime {
  private static final String LEFT = "towncrier.database-time";

  private RequestTime() {}

  /** From now on; what was set before counts no more. Outside of a request it does nothing. */
  public static void begin(Duration length) {
    if (VertxContext.isOnDuplicatedContext()) {
      Vertx.currentContext().putLocal(LEFT, new AtomicLong(length.toNanos()));
    }
  }

  /** As begin, where a time was set before. */
  public static void beginAgain(Duration length) {
    if (left() != null) {
      begin(length);
    }
  }

  /** The nanoseconds that are left, to be taken from; 0 or below when it is over. */
  static @Nullable AtomicLong left() {
    return VertxContext.isOnDuplicatedContext() ? Vertx.currentContext().getLocal(LEFT) : null;
  }
}
