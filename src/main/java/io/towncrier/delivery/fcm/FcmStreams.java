package io.towncrier.delivery.fcm;

import io.towncrier.delivery.FcmConfig;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.Http1xClientConnection;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.http.impl.HttpClientInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Streams on a few HTTP/2 connections; everything happens on one event loop. Not Vert.x's pool: a
 * stream of it that is taken and then not used is lost for good, and the fence takes its last look
 * between the two.
 */
final class FcmStreams {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int IDLE_SECONDS = 60;

  private final HttpClientInternal client;
  private final ContextInternal loop;
  private final HostAndPort authority;
  private final SocketAddress server;
  private final int connections;
  private final int streams;
  private final long graceMillis;
  private final List<Http2Connection> carriers = new ArrayList<>();
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private int connecting;

  FcmStreams(FcmConfig config, ContextInternal loop) {
    URI endpoint = config.endpoint();
    boolean tls = "https".equals(endpoint.getScheme());
    int port = endpoint.getPort() >= 0 ? endpoint.getPort() : tls ? HTTPS : HTTP;
    this.client = (HttpClientInternal) loop.owner().createHttpClient(options(config, tls));
    this.loop = loop;
    this.authority = HostAndPort.create(endpoint.getHost(), port);
    this.server = SocketAddress.inetSocketAddress(port, hostOf(endpoint));
    this.connections = config.connections();
    this.streams = config.streams();
    this.graceMillis = config.requestTimeout().toMillis();
  }

  private static HttpClientOptions options(FcmConfig config, boolean tls) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setSsl(tls)
            .setUseAlpn(tls)
            // Without TLS the server is known to speak HTTP/2 (RFC 9113 section 3.3).
            .setHttp2ClearTextUpgrade(false)
            .setConnectTimeout((int) config.connectTimeout().toMillis())
            .setSslHandshakeTimeout(config.connectTimeout().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(IDLE_SECONDS)
            .setTcpNoDelay(true);
    config
        .trustCertificate()
        .ifPresent(
            pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
    return options;
  }

  private static String hostOf(URI endpoint) {
    String host = endpoint.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Tells the waiter when there is a stream for it; perhaps at once. */
  void acquire(Waiter waiter) {
    Http2Connection carrier = leastLoaded();
    if (carrier != null) {
      carrier.grant(waiter);
      return;
    }
    waiting.add(waiter);
    if (waiting.size() > connecting * streams && carriers.size() + connecting < connections) {
      connect();
    }
  }

  private @Nullable Http2Connection leastLoaded() {
    Http2Connection least = null;
    for (Http2Connection carrier : carriers) {
      if (carrier.active < carrier.limit && (least == null || carrier.active < least.active)) {
        least = carrier;
      }
    }
    return least;
  }

  private void connect() {
    connecting++;
    client
        .connect(server, server)
        .onComplete(
            done -> {
              connecting--;
              if (done.failed()) {
                unreachable(done.cause());
              } else if (done.result() instanceof Http1xClientConnection) {
                done.result().close();
                unreachable(new IllegalStateException("FCM's endpoint does not speak HTTP/2"));
              } else {
                carriers.add(new Http2Connection(done.result()));
                serve();
              }
            });
  }

  private void serve() {
    while (!waiting.isEmpty()) {
      Http2Connection carrier = leastLoaded();
      if (carrier == null) {
        return;
      }
      carrier.grant(waiting.remove());
    }
  }

  // A call that waits may still be served by another connection, if there is one.
  private void unreachable(Throwable cause) {
    if (!carriers.isEmpty() || connecting > 0) {
      return;
    }
    List<Waiter> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(waiter -> waiter.unreachable(cause));
  }

  private void gone(Http2Connection carrier) {
    if (carriers.remove(carrier) && !waiting.isEmpty() && carriers.size() + connecting == 0) {
      connect();
    }
  }

  void close() {
    client.close();
  }

  /** Waits for a stream. */
  interface Waiter {
    /** To be given back with {@link Http2Connection#release}, used or not. */
    void granted(Http2Connection carrier);

    /** Nothing was written. */
    void unreachable(Throwable cause);
  }

  /** A connection. */
  final class Http2Connection {
    private final HttpClientConnection connection;
    private long limit;
    private int active;
    private int lastStream = Integer.MAX_VALUE;
    private long heardNanos = System.nanoTime();

    private Http2Connection(HttpClientConnection connection) {
      this.connection = connection;
      this.limit = Math.min(streams, connection.concurrency());
      connection.concurrencyChangeHandler(now -> limit = Math.min(streams, now));
      connection.goAwayHandler(last -> lastStream = last.getLastStreamId());
      // At GOAWAY and at the end; what is under way learns of it by itself.
      connection.evictionHandler(none -> gone(this));
    }

    private void grant(Waiter waiter) {
      active++;
      waiter.granted(this);
    }

    Future<HttpClientRequest> open() {
      return connection
          .createRequest(loop)
          .map(request -> request.setMethod(HttpMethod.POST).authority(authority));
    }

    /** Gives the stream back; Netty counts it until it is through with the frame that ended it. */
    void release() {
      loop.runOnContext(
          later -> {
            active--;
            serve();
          });
    }

    /** Whether a GOAWAY said that the server did not look at it, and will not. */
    boolean excludes(HttpClientRequest request) {
      return request.streamId() > lastStream;
    }

    void heard() {
      heardNanos = System.nanoTime();
    }

    /**
     * Nothing came in answer to what was written then. If nothing else came either, the connection
     * is perhaps dead without knowing it: it gets no more messages.
     */
    void silentSince(long writtenNanos) {
      if (heardNanos - writtenNanos <= 0 && carriers.contains(this)) {
        gone(this);
        connection.shutdown(graceMillis, TimeUnit.MILLISECONDS);
      }
    }
  }
}
