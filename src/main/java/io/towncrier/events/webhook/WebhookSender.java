package io.towncrier.events.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.towncrier.events.Endpoint;
import io.towncrier.events.Event;
import io.towncrier.events.EventSender;
import io.towncrier.events.EventsConfig;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts events. The name of an endpoint is looked up and its address checked, and the connection
 * goes to that very address: another look-up could answer otherwise. Nobody is followed elsewhere.
 */
@ApplicationScoped
class WebhookSender implements EventSender {
  private static final int HTTPS_PORT = 443;

  private final HttpClient client;
  private final Addresses addresses;
  private final Secrets secrets;
  private final Duration timeout;
  private final InstantSource clock;
  private final ObjectMapper json;

  @Inject
  WebhookSender(
      Vertx vertx, Secrets secrets, EventsConfig config, InstantSource clock, ObjectMapper json) {
    this(
        vertx.createHttpClient(options(config.timeout())),
        new Addresses(
            Set.copyOf(config.privateHosts().orElse(List.of())), InetAddress::getAllByName),
        secrets,
        config.timeout(),
        clock,
        json);
  }

  WebhookSender(
      HttpClient client,
      Addresses addresses,
      Secrets secrets,
      Duration timeout,
      InstantSource clock,
      ObjectMapper json) {
    this.client = client;
    this.addresses = addresses;
    this.secrets = secrets;
    this.timeout = timeout;
    this.clock = clock;
    this.json = json;
  }

  static HttpClientOptions options(Duration timeout) {
    return new HttpClientOptions()
        .setSsl(true)
        .setVerifyHost(true)
        // Each attempt looks up its name anew.
        .setKeepAlive(false)
        .setConnectTimeout((int) timeout.toMillis());
  }

  @PreDestroy
  void close() {
    client.close();
  }

  @Override
  public Uni<Outcome> send(Endpoint.Https endpoint, Event event) {
    return Offload.run(() -> prepared(endpoint, event))
        .chain(prepared -> sent(endpoint, prepared))
        .onFailure()
        .recoverWithItem(lost -> failed("not-reached"));
  }

  private Uni<Outcome> sent(Endpoint.Https endpoint, Prepared prepared) {
    String refused = prepared.refused();
    return refused == null ? post(endpoint, prepared) : Uni.createFrom().item(failed(refused));
  }

  private Prepared prepared(Endpoint.Https endpoint, Event event) {
    try {
      Optional<InetAddress> address = addresses.of(endpoint.url());
      if (address.isEmpty()) {
        return Prepared.refused("address-not-public");
      }
      byte[] body = json.writeValueAsBytes(event.told());
      long seconds = clock.instant().getEpochSecond();
      return new Prepared(
          address.get(),
          event.id(),
          Long.toString(seconds),
          WebhookSignature.of(secrets.reveal(endpoint.secret()), event.id(), seconds, body),
          body,
          null);
    } catch (IOException unknown) {
      return Prepared.refused("name-not-found");
    } catch (IllegalArgumentException noBase64) {
      return Prepared.refused("secret-not-readable");
    }
  }

  private Uni<Outcome> post(Endpoint.Https endpoint, Prepared prepared) {
    URI url = endpoint.url();
    int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, prepared.host()))
            .setHost(url.getHost())
            .setPort(port)
            .setSsl(true)
            .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
            .setTimeout(timeout.toMillis())
            .setFollowRedirects(false)
            .putHeader("content-type", "application/json")
            .putHeader("webhook-id", prepared.id())
            .putHeader("webhook-timestamp", prepared.seconds())
            .putHeader("webhook-signature", prepared.signature());
    return Uni.createFrom()
        .completionStage(
            () ->
                client
                    .request(request)
                    .compose(sent -> sent.send(Buffer.buffer(prepared.body())))
                    .map(WebhookSender::outcome)
                    .toCompletionStage());
  }

  private static Outcome outcome(HttpClientResponse answer) {
    int status = answer.statusCode();
    // What the receiver says beside it is of no interest, and may be long.
    answer.request().connection().close();
    return status >= 200 && status < 300
        ? new Outcome.Taken()
        : new Outcome.Failed("answered-" + status, retryAfter(answer.getHeader("retry-after")));
  }

  private static Optional<Duration> retryAfter(@Nullable String header) {
    return header != null && header.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
        : Optional.empty();
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(reason, Optional.empty());
  }

  /** What is posted, or why it is not. */
  // Nobody compares two of them.
  @SuppressWarnings("ArrayRecordComponent")
  private record Prepared(
      InetAddress address,
      String id,
      String seconds,
      String signature,
      byte[] body,
      @Nullable String refused) {
    static Prepared refused(String reason) {
      return new Prepared(InetAddress.getLoopbackAddress(), "", "", "", new byte[0], reason);
    }

    String host() {
      return address.getHostAddress();
    }
  }
}
