package io.towncrier.delivery.getui;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the one host that is configured: no redirect is followed, and nothing is repeated
 * behind our back. Everything happens on one event loop.
 */
final class GetuiHttp {
  private static final Logger LOG = Logger.getLogger(GetuiHttp.class);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int IDLE_SECONDS = 60;
  private static final int LONGEST_ANSWER = 256 * 1024;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private final HttpClient client;
  private final Context loop;
  private final RequestOptions target;
  private final long timeoutMillis;

  GetuiHttp(GetuiConfig config, Context loop) {
    URI endpoint = config.endpoint();
    boolean tls = "https".equals(endpoint.getScheme());
    this.client = loop.owner().createHttpClient(options(config, tls));
    this.loop = loop;
    this.target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(hostOf(endpoint))
            .setPort(endpoint.getPort() >= 0 ? endpoint.getPort() : tls ? HTTPS : HTTP)
            .setSsl(tls);
    this.timeoutMillis = config.requestTimeout().toMillis();
  }

  /**
   * Whether a master secret may go there at all.
   *
   * @throws IllegalStateException when it may not
   */
  static void requireSafe(URI endpoint) {
    boolean plainLoopback =
        "http".equals(endpoint.getScheme())
            && endpoint.getHost() != null
            && LOOPBACK.matcher(endpoint.getHost()).matches();
    if (!plainLoopback && (!"https".equals(endpoint.getScheme()) || endpoint.getHost() == null)) {
      throw new IllegalStateException(
          "TOWNCRIER_GETUI_ENDPOINT must be an https URL; plain http is for loopback addresses"
              + " alone");
    }
  }

  private static HttpClientOptions options(GetuiConfig config, boolean tls) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setSsl(tls)
            .setKeepAliveTimeout(IDLE_SECONDS)
            .setPipelining(false)
            .setMaxPoolSize(config.connections())
            .setConnectTimeout((int) config.connectTimeout().toMillis())
            .setSslHandshakeTimeout(config.connectTimeout().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
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

  /**
   * Posts, or asks, within the request time-out, the wait for a connection included.
   *
   * @param token header, if there is one
   * @param content asked right before the write: what to write, if anything still is
   */
  Future<Outcome> exchange(Optional<String> token, Supplier<Optional<Content>> content) {
    return new Exchange(token, content).start();
  }

  void close() {
    client.close();
  }

  /** One request on its way. */
  private final class Exchange {
    private final Optional<String> token;
    private final Supplier<Optional<Content>> content;
    private final Promise<Outcome> result = Promise.promise();
    private @Nullable HttpClientRequest written;
    private long timer;
    private boolean done;

    Exchange(Optional<String> token, Supplier<Optional<Content>> content) {
      this.token = token;
      this.content = content;
    }

    Future<Outcome> start() {
      timer = loop.owner().setTimer(timeoutMillis, late -> late());
      client
          .request(new RequestOptions(target))
          .onComplete(
              opened -> {
                if (opened.failed()) {
                  LOG.debugf("Getui cannot be reached: %s", opened.cause());
                  finish(new Outcome.NotWritten());
                } else if (done) {
                  leave(opened.result());
                } else {
                  write(opened.result());
                }
              });
      return result.future();
    }

    private void write(HttpClientRequest request) {
      Optional<Content> left = content.get();
      if (left.isEmpty()) {
        leave(request);
        finish(new Outcome.NotWritten());
        return;
      }
      request.setURI(left.get().path());
      token.ifPresent(value -> request.putHeader("token", value));
      written = request;
      sent(request, left.get()).onSuccess(this::read).onFailure(this::lost);
    }

    private Future<HttpClientResponse> sent(HttpClientRequest request, Content what) {
      return what.body()
          .map(
              body ->
                  request
                      .putHeader(HttpHeaders.CONTENT_TYPE, "application/json;charset=utf-8")
                      .send(body))
          .orElseGet(() -> request.setMethod(HttpMethod.GET).send());
    }

    private void read(HttpClientResponse answer) {
      Buffer body = Buffer.buffer();
      answer
          .handler(
              chunk -> {
                if (body.length() < LONGEST_ANSWER) {
                  body.appendBuffer(chunk);
                }
              })
          .exceptionHandler(this::lost)
          .endHandler(end -> finish(new Outcome.Answered(answer.statusCode(), body)));
    }

    /** Getui may have it. */
    private void lost(Throwable cause) {
      LOG.debugf("no answer from Getui: %s", cause);
      finish(new Outcome.Lost("CONNECTION_LOST"));
    }

    private void late() {
      HttpClientRequest unanswered = written;
      if (unanswered == null) {
        finish(new Outcome.NotWritten());
        return;
      }
      finish(new Outcome.Lost("TIMEOUT"));
      // What is still in our buffers does not leave them after this.
      unanswered.connection().close();
    }

    /** A connection that carries nothing is closed: what was begun on it is not sent. */
    private void leave(HttpClientRequest unwritten) {
      unwritten.connection().close();
    }

    private void finish(Outcome outcome) {
      if (!done) {
        done = true;
        loop.owner().cancelTimer(timer);
        result.complete(outcome);
      }
    }
  }

  /**
   * What is written.
   *
   * @param body without one it is a question
   */
  record Content(String path, Optional<Buffer> body) {
    Content(String path, Buffer body) {
      this(path, Optional.of(body));
    }

    static Content question(String path) {
      return new Content(path, Optional.empty());
    }
  }

  /** What came of a request. */
  sealed interface Outcome {
    /** With whatever. */
    record Answered(int status, Buffer body) implements Outcome {}

    /** Nothing left us. */
    record NotWritten() implements Outcome {}

    /** There is no answer; Getui may have it all the same. */
    record Lost(String code) implements Outcome {}
  }
}
