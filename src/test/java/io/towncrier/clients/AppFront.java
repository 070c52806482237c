package io.towncrier.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.ServerProcess;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What stands between an app and the service, on loopback: it passes requests on, has faults, and
 * does what operators and the push provider do, when a story asks for it.
 */
final class AppFront implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Set<String> PASSED =
      Set.of("authorization", "content-type", "accept", "if-none-match", "x-device-secret");

  private final ServerProcess service;
  private final LoopbackFcm fcm;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile String fault = "none";

  AppFront(ServerProcess service, LoopbackFcm fcm) throws IOException {
    this.service = service;
    this.fcm = fcm;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/v1/", this::pass);
    server.createContext("/fault", exchange -> answer(exchange, this::setFault));
    server.createContext("/challenge", exchange -> answer(exchange, this::challenges));
    server.createContext("/announce", exchange -> answer(exchange, this::announce));
    server.createContext("/revoke", exchange -> answer(exchange, this::revoke));
    server.createContext("/kit/", this::file);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a helper's request is answered with. */
  private interface Answer {
    Object of(HttpExchange exchange, JsonNode body) throws IOException;
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      write(exchange, 200, JSON.writeValueAsBytes(answer.of(exchange, json)));
    }
  }

  private Object setFault(HttpExchange exchange, JsonNode body) {
    fault = body.path("mode").asText();
    return Map.of("mode", fault);
  }

  private Object challenges(HttpExchange exchange, JsonNode body) {
    return fcm.challengesTo(exchange.getRequestURI().getQuery().replaceFirst("address=", ""));
  }

  private Object announce(HttpExchange exchange, JsonNode body) throws IOException {
    Map<String, Object> draft =
        Api.announcement("Hello", Map.of("devices", List.of(body.path("device").asText())));
    HttpResponse<String> made =
        service.post(
            "/v1/admin/notices", TestPostgres.OPERATOR_TOKEN, JSON.writeValueAsString(draft));
    String id = JSON.readTree(made.body()).path("id").asText();
    HttpResponse<String> started =
        service.post(
            "/v1/admin/notices/" + id + "/start", TestPostgres.OPERATOR_TOKEN, "{\"revision\":0}");
    if (started.statusCode() != 200) {
      throw new IOException(started.body());
    }
    return Map.of("notice", id);
  }

  private Object revoke(HttpExchange exchange, JsonNode body) throws IOException {
    String path = "/v1/admin/devices/" + body.path("device").asText() + "/revoke";
    return Map.of("status", service.post(path, TestPostgres.OPERATOR_TOKEN, "").statusCode());
  }

  private void file(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring("/kit/".length());
      boolean page = name.isEmpty();
      exchange.getResponseHeaders().add("Content-Type", page ? "text/html" : "text/javascript");
      write(
          exchange,
          200,
          page
              ? "<!doctype html><title>kit</title>".getBytes(StandardCharsets.UTF_8)
              : Files.readAllBytes(Path.of("clients/app", name)));
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (fault) {
        case "down" -> {
          return;
        }
        case "429", "503" -> {
          exchange.getResponseHeaders().add("Retry-After", "90");
          write(exchange, Integer.parseInt(fault), "{}".getBytes(StandardCharsets.UTF_8));
          return;
        }
        case "portal" -> {
          write(exchange, 200, "<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
          return;
        }
        default -> {}
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + service.port() + exchange.getRequestURI()));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                  request.header(name, values.get(0));
                }
              });
      request.method(
          exchange.getRequestMethod(),
          HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      HttpResponse<byte[]> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      for (String name : List.of("ETag", "Content-Type", "Retry-After")) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().add(name, value));
      }
      write(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean empty = body.length == 0 || status == 304 || status == 204;
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
