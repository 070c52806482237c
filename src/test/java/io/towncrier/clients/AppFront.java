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
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Set<String> PASSED =
      Set.of("authorization", "content-type", "accept", "if-none-match", "x-device-secret");

  /** Every member that the kit looks for, in whichever answer. */
  private static final String ALL_MEMBERS =
      """
      {"deviceId":"d","secret":"s","decision":"offer","product":"router-app-android","state":"s",
       "push":false,"revision":1,"items":[]}
      """;

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
    server.createContext("/two/v1/", this::pass);
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

  /** Without a fault again. */
  void mend() {
    fault = "none";
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
        case "429", "502", "503", "504" -> {
          exchange.getResponseHeaders().add("Retry-After", "90");
          write(exchange, Integer.parseInt(fault), "{}".getBytes(StandardCharsets.UTF_8));
          return;
        }
        case "portal", "portal-json", "portal-list", "as-html", "empty", "redirect" -> {
          portal(exchange, fault);
          return;
        }
        case "login", "login-401", "login-404" -> {
          page(exchange, fault.equals("login") ? 403 : Integer.parseInt(fault.substring(6)));
          return;
        }
        case "gateway-401", "gateway-404" -> {
          gateway(exchange, Integer.parseInt(fault.substring(8)));
          return;
        }
        case "moved", "lost" -> {
          // The service two is another cell; "lost" sends its callers on and on.
          boolean home = exchange.getRequestURI().getPath().startsWith("/two/");
          if (exchange.getRequestURI().getPath().endsWith("/v1/devices")
              && !(home && fault.equals("moved"))) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            write(exchange, 421, wrongCell());
            return;
          }
        }
        default -> {}
      }
      String path = exchange.getRequestURI().toString().replaceFirst("^/two/", "/");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
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

  /** What is between the app and the service says that all is well. */
  private void portal(HttpExchange exchange, String kind) throws IOException {
    exchange.getRequestBody().readAllBytes();
    switch (kind) {
      case "portal-json", "portal-list", "as-html" -> {
        String type = kind.equals("as-html") ? "text/html" : "application/json";
        exchange.getResponseHeaders().add("Content-Type", type);
        String body =
            switch (kind) {
              case "portal-list" -> "[]";
              case "portal-json" -> "{}";
              default -> ALL_MEMBERS;
            };
        write(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
      }
      case "redirect" -> {
        // Another name, so another origin.
        String elsewhere = url().replace("127.0.0.1", "localhost") + "/kit/";
        exchange.getResponseHeaders().add("Location", elsewhere);
        write(exchange, 302, new byte[0]);
      }
      case "empty" -> write(exchange, 200, new byte[0]);
      default -> page(exchange, 200);
    }
  }

  /** A gateway that refuses with JSON of its own, which is no problem document of the service. */
  private static void gateway(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    write(
        exchange,
        status,
        JSON.writeValueAsBytes(
            Map.of("status", status, "code", status, "error", "No route", "path", "/v1")));
  }

  private static void page(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    write(exchange, status, "<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
  }

  private byte[] wrongCell() throws IOException {
    return JSON.writeValueAsBytes(
        Map.of("code", "wrong-cell", "status", 421, "cell", "two", "url", url() + "/two"));
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
