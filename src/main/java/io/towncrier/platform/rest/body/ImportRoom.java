package io.towncrier.platform.rest.body;

import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TowncrierConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * How large an import may be in this heap, and that there is one at a time: a document is held
 * whole, as text, as a tree and as a catalogue, and must not take the service down with it.
 */
@Singleton
public final class ImportRoom {
  /** Bytes of heap for a byte of the document: an estimate, as 31 MiB did not fit into 512 MB. */
  static final int HEAP_PER_BYTE = 24;

  private static final Duration SOON = Duration.ofSeconds(5);

  // Quarkus makes filters while it builds its routes, before there is configuration.
  private final Provider<TowncrierConfig> config;
  private final LongSupplier heap;
  private final AtomicBoolean taken = new AtomicBoolean();

  @Inject
  ImportRoom(Provider<TowncrierConfig> config) {
    this(config, Runtime.getRuntime()::maxMemory);
  }

  ImportRoom(Provider<TowncrierConfig> config, LongSupplier heap) {
    this.config = config;
    this.heap = heap;
  }

  /** The largest import that is taken, in bytes. */
  public long bytes() {
    return Math.min(config.get().limits().importBytes(), heap.getAsLong() / HEAP_PER_BYTE);
  }

  /** The answer to an import for which there is no room. */
  public Problem tooLarge() {
    long bytes = bytes();
    return ProblemCode.BODY_TOO_LARGE.with(
        bytes < config.get().limits().importBytes()
            ? "With this server's heap an import may have %d bytes: give it more (-Xmx), or import in parts."
                .formatted(bytes)
            : "An import may have %d bytes: see the limits in the README.".formatted(bytes));
  }

  /** One after the other: an endpoint that takes its body as it came is an import. */
  @ServerRequestFilter
  public void takeTurns(ResourceInfo endpoint, RoutingContext context) {
    if (!isImport(endpoint)) {
      return;
    }
    if (!taken.compareAndSet(false, true)) {
      throw ProblemCode.IMPORT_UNDER_WAY.with("Try again when it is done.").asException(SOON);
    }
    context.addEndHandler(ended -> taken.set(false));
  }

  private static boolean isImport(ResourceInfo endpoint) {
    return Arrays.asList(endpoint.getResourceMethod().getParameterTypes()).contains(byte[].class);
  }
}
