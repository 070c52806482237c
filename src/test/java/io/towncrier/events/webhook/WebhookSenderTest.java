package io.towncrier.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.events.Endpoint;
import io.towncrier.events.Event;
import io.towncrier.events.EventSender.Outcome;
import io.towncrier.events.EventTopic;
import io.towncrier.platform.Secrets;
import io.towncrier.testing.SelfSigned;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver on loopback, over TLS. */
class WebhookSenderTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
  private static final SelfSigned TLS = SelfSigned.make();

  private final Vertx vertx = Vertx.vertx();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private volatile Consumer<HttpServerRequest> answer = r -> r.response().setStatusCode(204).end();
  private Duration timeout = Duration.ofSeconds(10);
  private HttpServer server;

  @BeforeEach
  void listen() {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions().setPath(TLS.store().toString()).setPassword("loopback")))
            .requestHandler(
                request ->
                    request.body(
                        body -> {
                          received.add(
                              request.path()
                                  + " "
                                  + request.getHeader("webhook-id")
                                  + " "
                                  + request.getHeader("webhook-timestamp")
                                  + " "
                                  + request.getHeader("webhook-signature")
                                  + " "
                                  + body.result());
                          answer.accept(request);
                        }))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void anEventArrivesSignedWithIdsAndStatesAlone() {
    assertThat(send("localhost", Set.of("localhost"))).isEqualTo(new Outcome.Taken());
    String body =
        "{\"type\":\"rollout.halted\",\"timestamp\":\"2026-05-04T11:00:00Z\","
            + "\"data\":{\"product\":\"r1\",\"version\":\"1.2\"}}";
    assertThat(received)
        .containsExactly(
            "/hook evt_1 %d %s %s"
                .formatted(
                    NOW.getEpochSecond(),
                    WebhookSignature.of(
                        SECRET,
                        "evt_1",
                        NOW.getEpochSecond(),
                        body.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    body));
  }

  @Test
  void aNameThatLeadsInsideIsNotConnectedTo() {
    assertThat(send("localhost", Set.of())).isEqualTo(failed("address-not-public"));
    assertThat(send("127.0.0.1", Set.of("localhost"))).isEqualTo(failed("address-not-public"));
    assertThat(received).isEmpty();
  }

  /** A second look-up could answer with an address that nobody has checked. */
  @Test
  void theConnectionGoesToTheAddressThatWasChecked() {
    assertThat(send("localhost", Set.of("localhost"))).isEqualTo(new Outcome.Taken());
    assertThat(lookups).hasValue(1);
    assertThat(send("nowhere.invalid", Set.of("nowhere.invalid")))
        .as("the name is not looked up again, but the certificate is for another one")
        .isEqualTo(failed("not-reached"));
    assertThat(lookups).hasValue(2);
  }

  @Test
  void nobodyIsFollowedElsewhere() {
    answer =
        request ->
            request
                .response()
                .setStatusCode(307)
                .putHeader("Location", "https://localhost:" + server.actualPort() + "/other")
                .end();
    assertThat(send("localhost", Set.of("localhost"))).isEqualTo(failed("answered-307"));
    assertThat(received).hasSize(1);
  }

  @Test
  void aReceiverMayAskToBeLeftAlone() {
    answer = request -> request.response().setStatusCode(503).putHeader("Retry-After", "120").end();
    assertThat(send("localhost", Set.of("localhost")))
        .isEqualTo(new Outcome.Failed("answered-503", Optional.of(Duration.ofMinutes(2))));
  }

  @Test
  void aReceiverThatNeverAnswersIsGivenUp() {
    answer = request -> {};
    timeout = Duration.ofMillis(500);
    assertThat(send("localhost", Set.of("localhost"))).isEqualTo(failed("not-reached"));
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(reason, Optional.empty());
  }

  private Outcome send(String host, Set<String> privateHosts) {
    WebhookSender sender =
        new WebhookSender(
            vertx.createHttpClient(
                WebhookSender.options(timeout)
                    .setTrustOptions(
                        new PemTrustOptions().addCertPath(TLS.certificate().toString()))),
            new Addresses(
                privateHosts,
                name -> {
                  lookups.incrementAndGet();
                  return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
                }),
            Secrets.PLAIN,
            timeout,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new ObjectMapper());
    return sender
        .send(
            new Endpoint.Https(
                "crm",
                URI.create("https://" + host + ":" + server.actualPort() + "/hook"),
                SECRET,
                EnumSet.allOf(EventTopic.class)),
            new Event(
                "evt_1",
                EventTopic.ROLLOUT_HALTED.code(),
                NOW.minusSeconds(3600),
                Map.of("product", "r1", "version", "1.2")))
        .await()
        .atMost(Duration.ofSeconds(20));
  }
}
