package io.towncrier.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.contract.LateContract;
import io.towncrier.platform.files.OwnerOnlyFolder;
import io.towncrier.platform.rest.edge.UriValidation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * Starts the application under a handler that is a plain class. Quarkus allows one handler
 * interface per package, and the HTTP API has it (docs/adr/0002).
 */
final class Functions {
  private Functions() {}

  /** What may happen during init, and so end up in a snapshot: no connection, id or secret. */
  static void initialize() {
    keepToOurselves();
    UriValidation.leaveToTheEdge();
    LateContract.putOff();
    Quarkus.manualInitialize();
    Priming.register(Priming::application);
  }

  /** Vert.x's own choice is a folder that everybody may write to, which is then served from. */
  private static void keepToOurselves() {
    try {
      System.setProperty(
          "vertx.cacheDirBase", OwnerOnlyFolder.fresh("towncrier").resolve("vertx").toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static <T> T bean(Class<T> type) {
    Quarkus.manualStart();
    return Arc.container().select(type).get();
  }

  static ObjectMapper json() {
    return bean(ObjectMapper.class);
  }

  static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(
          () -> {
            Invocation.arrive();
            return work.get();
          });
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }
}
