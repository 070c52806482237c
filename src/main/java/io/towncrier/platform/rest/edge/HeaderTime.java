package io.towncrier.platform.rest.edge;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.towncrier.platform.rest.body.BodyTime;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Ends a connection on which the server has written nothing for longer than any request takes.
 * Neither Vert.x nor Quarkus bounds the time of a header, and each byte of a header counts as
 * activity for the idle timeout. A client that sends byte by byte gets no answer meanwhile, so it
 * is found by what the server writes (docs/adr/0028).
 */
@Singleton
class HeaderTime implements HttpServerOptionsCustomizer {
  private final BodyTime bodies;

  HeaderTime(BodyTime bodies) {
    this.bodies = bodies;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    bound(options, bodies.longest());
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    bound(options, bodies.longest());
  }

  /** A body that comes as slowly as it may is answered before the bound: pure. */
  static void bound(HttpServerOptions options, Duration longestBody) {
    long longest = options.getIdleTimeoutUnit().convert(longestBody);
    options.setWriteIdleTimeout(Math.toIntExact(longest + options.getIdleTimeout()));
  }
}
