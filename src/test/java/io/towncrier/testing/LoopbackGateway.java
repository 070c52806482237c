package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * An HTTP API before a function, on a loopback port (API Gateway, payload format 2.0). Each request
 * is one invocation.
 */
public final class LoopbackGateway implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FunctionProcess function;
  private final HttpServer server;

  public LoopbackGateway(FunctionProcess function) throws IOException {
    this.function = function;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "gateway");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The event of a request. */
  public static ObjectNode event(
      String method, String path, String query, Map<String, String> headers, String body) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", "$default");
    event.put("rawPath", path).put("rawQueryString", query).put("isBase64Encoded", false);
    ObjectNode named = event.putObject("headers");
    named.put("host", "api.example.com");
    headers.forEach(named::put);
    ObjectNode context = event.putObject("requestContext");
    context.put("stage", "$default").put("requestId", UUID.randomUUID().toString());
    context
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "192.0.2.1");
    if (body != null) {
      event.put("body", body);
    }
    return event;
  }

  /**
   * As an HTTP API hands a path over: decoded in spite of its name, and cut where a decoded
   * question mark stands. {@code /a%2Fb} arrives as {@code /a/b}.
   */
  static String rawPath(URI requested) {
    String decoded = requested.getPath();
    int cut = decoded.indexOf('?');
    return cut < 0 ? decoded : decoded.substring(0, cut);
  }

  private void handle(HttpExchange exchange) throws IOException {
    ObjectNode event =
        event(
            exchange.getRequestMethod(),
            rawPath(exchange.getRequestURI()),
            exchange.getRequestURI().getRawQuery() == null
                ? ""
                : exchange.getRequestURI().getRawQuery(),
            Map.of(),
            null);
    ObjectNode headers = (ObjectNode) event.path("headers");
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(), String.join(",", values)));
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (body.length > 0) {
      event.put("body", new String(body, StandardCharsets.UTF_8));
    }
    try {
      answer(exchange, JSON.readTree(function.invoke(event.toString())));
    } catch (Exception failure) {
      exchange.sendResponseHeaders(502, -1);
      exchange.close();
    }
  }

  private static void answer(HttpExchange exchange, JsonNode result) throws IOException {
    result
        .path("headers")
        .properties()
        .forEach(
            header ->
                exchange.getResponseHeaders().set(header.getKey(), header.getValue().asText()));
    result
        .path("multiValueHeaders")
        .properties()
        .forEach(
            header ->
                header
                    .getValue()
                    .forEach(v -> exchange.getResponseHeaders().set(header.getKey(), v.asText())));
    exchange.getResponseHeaders().remove("Content-Length");
    String text = result.path("body").asText("");
    byte[] bytes =
        result.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        result.path("statusCode").asInt(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
