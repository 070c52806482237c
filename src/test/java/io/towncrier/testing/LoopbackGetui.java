package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Getui's REST API v2 on loopback ports, as far as notices and challenges need it (contract
 * push-china): HTTP/1.1 with and without TLS, tokens, single messages and batches in both readings
 * of one bad address, the memory of request ids, and a log of what arrived. What it answers can be
 * replaced by any row of the contract.
 */
public final class LoopbackGetui implements QuarkusTestResourceLifecycleManager {
  static final String APP = "towncrierTestApp";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Answer NO_LIMITS =
      new Answer(200, "{\"code\":0,\"msg\":\"success\",\"data\":{}}", Fault.NONE);

  private static volatile LoopbackGetui running;

  private final Map<String, List<Arrival>> arrivals = new ConcurrentHashMap<>();
  private final Set<String> remembered = ConcurrentHashMap.newKeySet();
  private final Set<String> strangers = ConcurrentHashMap.newKeySet();
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<Integer> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger tasks = new AtomicInteger();
  private final LoopbackLoad load = new LoopbackLoad();
  private final GetuiTokenFake tokens = new GetuiTokenFake();
  private volatile boolean oneFailsAll = true;
  private volatile boolean counting;
  private volatile Supplier<Optional<Answer>> instead = Optional::empty;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Answer quotas = NO_LIMITS;
  private Vertx vertx;
  private HttpServer plain;
  private HttpServer tls;
  private SelfSigned identity;
  private Path credentials;

  /** The one that Quarkus tests use. */
  public static LoopbackGetui running() {
    return running;
  }

  @Override
  public Map<String, String> start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    plain = listen(new HttpServerOptions());
    try {
      credentials = Files.createTempFile("getui", ".json");
      Files.writeString(credentials, tokens.account(APP));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    running = this;
    return Map.of(
        "towncrier.getui.credentials", credentials.toString(),
        "towncrier.getui.endpoint", endpoint());
  }

  /** Listens with TLS too. */
  public LoopbackGetui withTls() {
    identity = SelfSigned.make();
    tls =
        listen(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                    new PfxOptions()
                        .setPath(identity.store().toString())
                        .setPassword(SelfSigned.PASSWORD)));
    return this;
  }

  private HttpServer listen(HttpServerOptions options) {
    return vertx
        .createHttpServer(options.setHost("127.0.0.1").setPort(0))
        .requestHandler(this::handle)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Override
  public void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
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

  public GetuiTokenFake tokens() {
    return tokens;
  }

  /** What vendors let the app push, as Getui tells it: JSON by the names of their channels. */
  public void quotas(String json) {
    quotas =
        new Answer(
            200,
            "{\"code\":0,\"msg\":\"success\",\"data\":{\"%s\":%s}}".formatted(APP, json),
            Fault.NONE);
  }

  /** What is answered to the question for quotas. */
  public void quotas(Answer next) {
    quotas = next;
  }

  /** How often it was asked for quotas. */
  public int askedForQuotas() {
    return asked.get();
  }

  /** Answers messages with this, whatever they are; empty to behave again. */
  public void answer(Supplier<Optional<Answer>> next) {
    instead = next;
  }

  /** Whether one bad address fails its whole batch, or the others are taken without it. */
  public void oneBadAddressFailsItsBatch(boolean fails) {
    oneFailsAll = fails;
  }

  /** An address that is nobody's. */
  public void doesNotKnow(String cid) {
    strangers.add(cid);
  }

  /** What is said of an address in place of {@code successed_online}. */
  public void says(String cid, String status) {
    statuses.put(cid, status);
  }

  /** Every answer takes that much longer. */
  public void latency(Supplier<Duration> next) {
    load.latency(next);
  }

  /** Accepts everything nearly unread and remembers nothing of it, for very many messages. */
  public void countOnly() {
    counting = true;
  }

  /** How many messages came since then. */
  public long counted() {
    return load.requests.sum();
  }

  /** Behaves as at first, and forgets what it was asked. */
  public void behave() {
    instead = Optional::empty;
    oneFailsAll = true;
    counting = false;
    quotas = NO_LIMITS;
    asked.set(0);
    strangers.clear();
    statuses.clear();
    violations.clear();
    requests.clear();
    load.latency(() -> Duration.ZERO);
    tokens.behave();
  }

  /** What arrived for an address and was no challenge and no recall, repeats left out. */
  public List<Arrival> to(String cid) {
    return all(cid).stream()
        .filter(one -> !one.repeat() && !one.isChallenge() && !one.isRecall())
        .toList();
  }

  /** The tasks that were revoked at an address. */
  public List<String> revokedAt(String cid) {
    return all(cid).stream()
        .filter(Arrival::isRecall)
        .map(one -> one.message().at("/push_message/revoke/old_task_id").asText())
        .toList();
  }

  /** Everything that arrived for an address. */
  public List<Arrival> all(String cid) {
    return List.copyOf(arrivals.getOrDefault(cid, List.of()));
  }

  /** What proves an address: the texts that were pushed to it, oldest first. */
  public List<String> challengesTo(String cid) {
    return all(cid).stream()
        .filter(Arrival::isChallenge)
        .map(one -> read(one.message().at("/push_message/transmission").asText()))
        .map(data -> data.path("challenge").asText())
        .toList();
  }

  public void forget(String cid) {
    arrivals.remove(cid);
  }

  /** Rules of Getui that a message broke. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** How many messages each request had. */
  public List<Integer> requests() {
    return List.copyOf(requests);
  }

  public long arrived() {
    return arrivals.values().stream().mapToLong(List::size).sum();
  }

  private void handle(HttpServerRequest request) {
    long now = System.nanoTime();
    String base = "/v2/" + APP;
    request.bodyHandler(
        body -> {
          Answer answer = answer(request, request.path().replace(base, ""), body, now);
          long millis = load.next().toMillis();
          if (millis <= 0) {
            write(request, answer);
          } else {
            vertx.setTimer(millis, later -> write(request, answer));
          }
        });
  }

  private Answer answer(HttpServerRequest request, String path, Buffer body, long now) {
    if (path.equals("/auth")) {
      return tokens.fetch(read(body));
    }
    if (path.equals("/report/push/count")) {
      return quotas(request);
    }
    if (counting) {
      return counted(body);
    }
    return switch (path) {
      case "/push/single/cid" -> push(request, List.of(read(body)), false, now);
      case "/push/single/batch/cid" -> batch(request, read(body), now);
      default -> Answer.html(404);
    };
  }

  private Answer quotas(HttpServerRequest request) {
    asked.incrementAndGet();
    if (!request.method().equals(HttpMethod.GET)) {
      return Answer.error(405, 1, "method");
    }
    return tokens.isValid(request.getHeader("token"))
        ? quotas
        : Answer.error(401, 10001, "token is invalid");
  }

  private Answer counted(Buffer body) {
    StringBuilder data = new StringBuilder();
    String text = body.toString();
    String before = "\"audience\":{\"cid\":[";
    for (int at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
      int from = at + before.length();
      String cid = text.substring(from, text.indexOf(']', from));
      load.requests.increment();
      data.append(data.length() == 0 ? "" : ",")
          .append("\"RASS_")
          .append(tasks.incrementAndGet())
          .append("\":{")
          .append(cid)
          .append(":\"successed_online\"}");
    }
    return new Answer(200, "{\"code\":0,\"msg\":\"success\",\"data\":{" + data + "}}", Fault.NONE);
  }

  private Answer batch(HttpServerRequest request, JsonNode body, long now) {
    if (body.path("is_async").asBoolean(true)) {
      violations.add("is_async");
    }
    List<JsonNode> messages = new ArrayList<>();
    body.path("msg_list").forEach(messages::add);
    return push(request, messages, true, now);
  }

  private Answer push(HttpServerRequest request, List<JsonNode> messages, boolean many, long now) {
    requests.add(messages.size());
    if (!tokens.isValid(request.getHeader("token"))) {
      return Answer.error(401, 10001, "token is invalid");
    }
    GetuiRules.violations(messages).forEach(violations::add);
    Optional<Answer> other = instead.get();
    if (other.isPresent()) {
      // Whatever is said of them, they have arrived.
      messages.forEach(message -> arrive(message, now, messages.size()));
      return other.get();
    }
    boolean bad = messages.stream().anyMatch(message -> strangers.contains(cid(message)));
    if (bad && (oneFailsAll || !many)) {
      return Answer.error(400, 20001, "target user is invalid");
    }
    ObjectNode data = JSON.createObjectNode();
    for (JsonNode message : messages) {
      if (!strangers.contains(cid(message))) {
        arrive(message, now, messages.size());
        data.putObject("RASS_" + tasks.incrementAndGet())
            .put(cid(message), statuses.getOrDefault(cid(message), "successed_online"));
      }
    }
    return new Answer(200, "{\"code\":0,\"msg\":\"success\",\"data\":" + data + "}", Fault.NONE);
  }

  private void arrive(JsonNode message, long now, int together) {
    String id = message.path("request_id").asText();
    // Getui drops the second with the same id, and says nothing of it.
    boolean repeat = !remembered.add(id);
    arrivals
        .computeIfAbsent(cid(message), a -> new CopyOnWriteArrayList<>())
        .add(new Arrival(id, message, repeat, together, now));
  }

  private static void write(HttpServerRequest request, Answer answer) {
    switch (answer.fault()) {
      case NONE ->
          request
              .response()
              .setStatusCode(answer.status())
              .putHeader("Content-Type", "application/json;charset=utf-8")
              .end(answer.body());
      case CLOSE -> request.connection().close();
      case SILENCE -> {}
      default -> throw new IllegalStateException();
    }
  }

  private static String cid(JsonNode message) {
    return message.at("/audience/cid/0").asText();
  }

  private static JsonNode read(Buffer body) {
    return read(body.toString());
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException garbage) {
      throw new UncheckedIOException(garbage);
    }
  }

  /**
   * A message as it arrived.
   *
   * @param repeat whether its request id was there before, so that it is dropped
   * @param together how many were in its request
   */
  public record Arrival(
      String requestId, JsonNode message, boolean repeat, int together, long nanos) {
    boolean isChallenge() {
      return message.path("push_message").has("transmission");
    }

    boolean isRecall() {
      return message.path("push_message").has("revoke");
    }
  }

  /** What happens in place of an answer; the messages have arrived all the same. */
  public enum Fault {
    NONE,
    /** The connection ends. */
    CLOSE,
    /** Nothing at all. */
    SILENCE
  }

  /** What Getui says. */
  public record Answer(int status, String body, Fault fault) {
    public static Answer error(int status, int code, String message) {
      ObjectNode body = JSON.createObjectNode().put("code", code).put("msg", message);
      return new Answer(status, body.toString(), Fault.NONE);
    }

    public static Answer html(int status) {
      return new Answer(status, "<html><title>" + status + "</title></html>", Fault.NONE);
    }

    public static Answer fault(Fault fault) {
      return new Answer(200, "", fault);
    }
  }
}
