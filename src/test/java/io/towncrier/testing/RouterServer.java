package io.towncrier.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** A loopback server with nothing but the routes that a test gives it. */
public final class RouterServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  /** Listens when this returns. */
  public RouterServer(Consumer<Router> routes) {
    Router router = Router.router(vertx);
    routes.accept(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** What comes back of some bytes, as {@link RawHttp} sends them. */
  public RawHttp.Answer send(String bytes) throws IOException {
    return send(bytes, PATIENCE);
  }

  /** As {@link #send(String)}, waiting no longer than this for more. */
  public RawHttp.Answer send(String bytes, Duration patience) throws IOException {
    return RawHttp.send(server.actualPort(), bytes, patience);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
