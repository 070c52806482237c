package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** FCM HTTP v1 and its token endpoint on a loopback port; records every message that arrives. */
public final class LoopbackFcm implements QuarkusTestResourceLifecycleManager {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEND = "/v1/projects/towncrier-test/messages:send";

  private static volatile LoopbackFcm running;

  private final Map<String, List<Arrival>> arrivals = new ConcurrentHashMap<>();
  private final Map<String, List<Arrival>> challenges = new ConcurrentHashMap<>();
  private volatile Function<Arrival, Answer> behaviour = arrival -> Answer.accepted();
  private volatile Function<Arrival, Answer> toChallenges = arrival -> Answer.accepted();
  private final AtomicInteger tokens = new AtomicInteger();
  private HttpServer server;
  private Path credentials;

  /** The one that Quarkus tests use. */
  public static LoopbackFcm running() {
    return running;
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/token", this::token);
      server.createContext(SEND, this::send);
      server.setExecutor(
          Executors.newCachedThreadPool(
              work -> {
                Thread thread = new Thread(work, "loopback-fcm");
                thread.setDaemon(true);
                return thread;
              }));
      server.start();
      credentials = serviceAccount();
      running = this;
      return Map.of(
          "towncrier.fcm.credentials",
          credentials.toString(),
          "towncrier.fcm.endpoint",
          endpoint());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Path credentials() {
    return credentials;
  }

  /** How it answers challenges from now on. */
  public void behaveToChallenges(Function<Arrival, Answer> next) {
    toChallenges = next;
  }

  /** How it answers notices from now on. */
  public void behave(Function<Arrival, Answer> next) {
    behaviour = next;
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

  /** The notices that arrived for an address. */
  public List<Arrival> to(String address) {
    return List.copyOf(arrivals.getOrDefault(address, List.of()));
  }

  /** Forgets what arrived there, for tests that send very much. */
  public void forget(String address) {
    arrivals.remove(address);
  }

  public int tokensFetched() {
    return tokens.get();
  }

  private void token(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    int issued = tokens.incrementAndGet();
    respond(
        exchange,
        new Answer(
            200,
            "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                .formatted(issued),
            Map.of()));
  }

  private void send(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("message");
    Arrival arrival =
        new Arrival(
            message.path("token").asText(message.path("fid").asText()),
            message,
            exchange.getRequestHeaders().getFirst("Authorization"),
            now);
    if (message.path("data").has("challenge")) {
      challenges
          .computeIfAbsent(arrival.address(), address -> new CopyOnWriteArrayList<>())
          .add(arrival);
      respond(exchange, toChallenges.apply(arrival));
      return;
    }
    arrivals
        .computeIfAbsent(arrival.address(), address -> new CopyOnWriteArrayList<>())
        .add(arrival);
    respond(exchange, behaviour.apply(arrival));
  }

  private static void respond(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Path serviceAccount() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      String key =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      Path file = Files.createTempFile("service-account", ".json");
      Files.writeString(
          file,
          JSON.writeValueAsString(
              Map.of(
                  "type",
                  "service_account",
                  "project_id",
                  "towncrier-test",
                  "private_key_id",
                  "k1",
                  "private_key",
                  key,
                  "client_email",
                  "sender@towncrier-test.example",
                  "client_id",
                  "1",
                  "token_uri",
                  endpoint() + "/token")));
      return file;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A message as it arrived. */
  public record Arrival(String address, JsonNode message, String authorization, long nanos) {}

  /** What FCM says to it. */
  public record Answer(int status, String body, Map<String, String> headers) {
    public static Answer accepted() {
      return new Answer(200, "{\"name\":\"projects/towncrier-test/messages/1\"}", Map.of());
    }

    public static Answer error(int status, String state, String fcmCode) {
      return new Answer(
          status,
          """
          {"error":{"code":%d,"status":"%s","message":"m","details":[
            {"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"%s"}]}}
          """
              .formatted(status, state, fcmCode),
          Map.of());
    }
  }
}
