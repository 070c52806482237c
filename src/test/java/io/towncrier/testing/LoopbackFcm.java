package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * FCM HTTP v1 and its token endpoint on loopback ports: HTTP/2 with and without TLS, and HTTP/1.1.
 * Records every message that arrives, unless it is told to count only.
 */
public final class LoopbackFcm implements QuarkusTestResourceLifecycleManager {
  private static final String PROJECT = "towncrier-test";
  private static final String SEND = "/v1/projects/" + PROJECT + "/messages:send";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STREAMS = 100;
  private static final int REFUSED_STREAM = 7;
  private static final int INTERNAL_ERROR = 2;

  private static volatile LoopbackFcm running;

  private final Map<String, List<Arrival>> arrivals = new ConcurrentHashMap<>();
  private final Map<String, List<Arrival>> challenges = new ConcurrentHashMap<>();
  private final Map<String, List<Arrival>> recalls = new ConcurrentHashMap<>();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  // Those of them that have carried a request; HTTP/1.1 knows no GOAWAY.
  private final Set<HttpConnection> http2 = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();
  private final LoopbackTokens tokens = new LoopbackTokens();
  private final LoopbackInstallations installations = new LoopbackInstallations(PROJECT, tokens);
  private final LoopbackLoad load = new LoopbackLoad();
  private volatile Function<Arrival, Answer> behaviour = arrival -> Answer.accepted();
  private volatile Function<Arrival, Answer> toChallenges = arrival -> Answer.accepted();
  private volatile Function<Arrival, Answer> toRecalls = arrival -> Answer.accepted();
  private volatile boolean counting;
  private Vertx vertx;
  private ExecutorService behaviours;
  private HttpServer plain;
  private HttpServer tls;
  private SelfSigned identity;
  private Path credentials;

  /** The one that Quarkus tests use. */
  public static LoopbackFcm running() {
    return running;
  }

  @Override
  public Map<String, String> start() {
    behaviours =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "loopback-fcm");
              thread.setDaemon(true);
              return thread;
            });
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    plain = listen(new HttpServerOptions());
    try {
      credentials = LoopbackTokens.serviceAccount(PROJECT, endpoint());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    running = this;
    return Map.of(
        "towncrier.fcm.credentials",
        credentials.toString(),
        "towncrier.fcm.endpoint",
        endpoint(),
        "towncrier.fcm.installations",
        endpoint());
  }

  /** Listens with TLS too. */
  public LoopbackFcm withTls() {
    identity = SelfSigned.make();
    tls =
        listen(
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PfxOptions()
                        .setPath(identity.store().toString())
                        .setPassword(SelfSigned.PASSWORD)));
    return this;
  }

  private HttpServer listen(HttpServerOptions options) {
    return vertx
        .createHttpServer(
            options
                .setHost("127.0.0.1")
                .setPort(0)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS)))
        .connectionHandler(this::connected)
        .requestHandler(this::handle)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Override
  public void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    behaviours.shutdownNow();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + plain.actualPort();
  }

  public String tlsEndpoint() {
    return "https://127.0.0.1:" + tls.actualPort();
  }

  /** To be trusted by whoever uses {@link #tlsEndpoint}. */
  public Path certificate() {
    return identity.certificate();
  }

  public Path credentials() {
    return credentials;
  }

  /** How it answers challenges from now on. */
  public void behaveToChallenges(Function<Arrival, Answer> next) {
    toChallenges = next;
  }

  /** How it answers recalls from now on. */
  public void behaveToRecalls(Function<Arrival, Answer> next) {
    toRecalls = next;
  }

  /** How it answers notices from now on; it may take its time. */
  public void behave(Function<Arrival, Answer> next) {
    behaviour = next;
  }

  /** Every answer takes that much longer; see {@link #spread}. */
  public void latency(Supplier<Duration> next) {
    load.latency(next);
  }

  /** Latencies as networks have them. */
  public static Supplier<Duration> spread(Duration median, Duration p99, long seed) {
    return LoopbackLoad.spread(median, p99, seed);
  }

  /** Beyond so many messages a minute it answers 429. */
  public void quota(long aMinute) {
    load.quota(aMinute);
  }

  /** Accepts everything unread and remembers nothing of it, for a million messages. */
  public void countOnly() {
    counting = true;
  }

  /** How many messages were asked for, and the most that were under way at a time. */
  public long requests() {
    return load.requests.sum();
  }

  public long mostUnderWay() {
    return load.mostUnderWay.get();
  }

  /** How many connections were made so far. */
  public int connectionsOpened() {
    return opened.get();
  }

  /** Ends all connections, as a server does with those that are idle. */
  public void closeConnections() {
    connections.forEach(HttpConnection::close);
  }

  /** Sends GOAWAY on all HTTP/2 connections in use; what is under way is still answered. */
  public void goAway() {
    http2.forEach(connection -> connection.goAway(0));
  }

  /** From now on the access tokens of before are refused. */
  public void revokeTokens() {
    tokens.revokeAll();
  }

  public void tokensLive(Duration life) {
    tokens.life(life);
  }

  /** What the token endpoint says; null to give out tokens again. */
  public void behaveToTokenRequests(Answer answer) {
    tokens.answerInstead(answer);
  }

  /** Where installations are deleted. */
  public LoopbackInstallations installations() {
    return installations;
  }

  /** What proves an address: the texts that were pushed to it, oldest first. */
  public List<String> challengesTo(String address) {
    return challengeMessagesTo(address).stream()
        .map(message -> message.at("/data/challenge").asText())
        .toList();
  }

  public List<JsonNode> challengeMessagesTo(String address) {
    return challenges.getOrDefault(address, List.of()).stream().map(Arrival::message).toList();
  }

  /** What was called back from an address. */
  public List<Arrival> recallsTo(String address) {
    return List.copyOf(recalls.getOrDefault(address, List.of()));
  }

  /** Every message that arrived and was no challenge and no recall. */
  public List<Arrival> all() {
    return arrivals.values().stream().flatMap(List::stream).toList();
  }

  /** The notices that arrived for an address. */
  public List<Arrival> to(String address) {
    return List.copyOf(arrivals.getOrDefault(address, List.of()));
  }

  /** Forgets what arrived there, for tests that send very much. */
  public void forget(String address) {
    arrivals.remove(address);
  }

  public int tokensFetched() {
    return tokens.issued();
  }

  private void connected(HttpConnection connection) {
    opened.incrementAndGet();
    connections.add(connection);
    connection.closeHandler(
        closed -> {
          connections.remove(connection);
          http2.remove(connection);
        });
  }

  private void handle(HttpServerRequest request) {
    long now = System.nanoTime();
    if (request.version() == HttpVersion.HTTP_2) {
      http2.add(request.connection());
    }
    if (request.path().equals("/token")) {
      request.bodyHandler(body -> respond(request, tokens.next(), () -> {}));
    } else if (installations.isFor(request)) {
      request.endHandler(end -> respond(request, installations.answer(request), () -> {}));
    } else if (!request.path().equals(SEND)) {
      respond(request, Answer.html(404), () -> {});
    } else if (counting) {
      load.begun();
      request.endHandler(end -> respond(request, Answer.ACCEPTED, load::ended));
    } else {
      load.begun();
      request.bodyHandler(
          body -> {
            io.vertx.core.Context context = vertx.getOrCreateContext();
            behaviours.execute(
                () -> {
                  Answer answer = answer(request.getHeader("Authorization"), body, now);
                  context.runOnContext(back -> respond(request, answer, load::ended));
                });
          });
    }
  }

  private Answer answer(String authorization, Buffer body, long nanos) {
    if (!load.withinQuota()) {
      return Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED");
    }
    if (!tokens.isValid(authorization)) {
      return Answer.error(401, "UNAUTHENTICATED");
    }
    JsonNode sent;
    try {
      sent = JSON.readTree(body.getBytes());
    } catch (IOException noJson) {
      return Answer.invalid("no JSON");
    }
    Optional<String> violation = FcmRules.violation(sent);
    if (violation.isPresent()) {
      return Answer.invalid(violation.get());
    }
    if (sent.path("validate_only").asBoolean()) {
      return Answer.accepted();
    }
    JsonNode message = sent.path("message");
    String address = message.path("token").asText(message.path("fid").asText());
    Arrival arrival = new Arrival(address, message, authorization, nanos);
    boolean challenge = message.path("data").has("challenge");
    boolean recall = message.at("/data/kind").asText().equals("recall");
    (challenge ? challenges : recall ? recalls : arrivals)
        .computeIfAbsent(address, a -> new CopyOnWriteArrayList<>())
        .add(arrival);
    return (challenge ? toChallenges : recall ? toRecalls : behaviour).apply(arrival);
  }

  private void respond(HttpServerRequest request, Answer answer, Runnable ended) {
    long millis = answer.after().plus(load.next()).toMillis();
    if (millis <= 0) {
      write(request, answer);
      ended.run();
      return;
    }
    vertx.setTimer(
        millis,
        timer -> {
          write(request, answer);
          ended.run();
        });
  }

  private static void write(HttpServerRequest request, Answer answer) {
    switch (answer.fault()) {
      case NONE -> {
        request.response().setStatusCode(answer.status());
        request.response().putHeader("Content-Type", answer.contentType());
        answer.headers().forEach(request.response()::putHeader);
        request.response().end(answer.bytes());
      }
      case RESET -> reset(request, INTERNAL_ERROR);
      case REFUSED -> reset(request, REFUSED_STREAM);
      case CUT_SHORT -> {
        request.response().setStatusCode(answer.status()).setChunked(true).write("{\"na");
        reset(request, INTERNAL_ERROR);
      }
      case CLOSE -> request.connection().close();
      case GO_AWAY -> {
        // As if this stream and all after it had not been looked at.
        request.connection().goAway(0, Math.max(0, request.streamId() - 2));
        request.connection().close();
      }
      case SILENCE -> {}
      default -> throw new IllegalStateException();
    }
  }

  private static void reset(HttpServerRequest request, int code) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(code);
    } else {
      request.connection().close();
    }
  }

  /** A message as it arrived. */
  public record Arrival(String address, JsonNode message, String authorization, long nanos) {}

  /** What happens to a message in place of an answer; it has arrived all the same. */
  public enum Fault {
    NONE,
    /** The stream is reset. */
    RESET,
    /** The stream is reset as one that was not looked at. */
    REFUSED,
    /** The stream is reset in the middle of the answer. */
    CUT_SHORT,
    /** The connection ends. */
    CLOSE,
    /** GOAWAY that excludes the message, and the connection ends. */
    GO_AWAY,
    /** Nothing at all. */
    SILENCE
  }

  /** What FCM says to it. */
  public record Answer(
      int status, String body, Map<String, String> headers, Fault fault, Duration after) {
    private static final Answer ACCEPTED =
        new Answer(200, "{\"name\":\"projects/" + PROJECT + "/messages/1\"}", Map.of());

    public Answer(int status, String body, Map<String, String> headers) {
      this(status, body, headers, Fault.NONE, Duration.ZERO);
    }

    public static Answer accepted() {
      return ACCEPTED;
    }

    public static Answer fault(Fault fault) {
      return new Answer(200, "", Map.of(), fault, Duration.ZERO);
    }

    public static Answer html(int status) {
      return new Answer(
          status,
          "<html><title>" + status + "</title></html>",
          Map.of("Content-Type", "text/html"));
    }

    /** Without an FcmError, as for a bad access token. */
    public static Answer error(int status, String state) {
      return new Answer(
          status,
          """
          {"error":{"code":%d,"status":"%s","message":"m"}}
          """
              .formatted(status, state),
          Map.of());
    }

    public static Answer error(int status, String state, String fcmCode) {
      return error(status, state, fcmCode, "m");
    }

    public static Answer error(int status, String state, String fcmCode, String message) {
      return new Answer(
          status,
          """
          {"error":{"code":%d,"status":"%s","message":"%s","details":[
            {"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"%s"}]}}
          """
              .formatted(status, state, message, fcmCode),
          Map.of());
    }

    /** A payload that is wrong. */
    public static Answer invalid(String why) {
      return new Answer(
          400,
          """
          {"error":{"code":400,"status":"INVALID_ARGUMENT","message":"Invalid","details":[
            {"@type":"type.googleapis.com/google.rpc.BadRequest",
             "fieldViolations":[{"description":%s}]}]}}
          """
              .formatted(JSON.valueToTree(why)),
          Map.of());
    }

    public Answer with(String header, String value) {
      return new Answer(status, body, Map.of(header, value), fault, after);
    }

    public Answer after(Duration wait) {
      return new Answer(status, body, headers, fault, wait);
    }

    private String contentType() {
      return headers.getOrDefault("Content-Type", "application/json; charset=UTF-8");
    }

    private Buffer bytes() {
      return Buffer.buffer(body);
    }
  }
}
