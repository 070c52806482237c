package io.towncrier.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An OIDC provider's code flow with PKCE on a loopback port. A test says by {@code POST /next} whom
 * it signs in next (an access token), and where the service really listens.
 */
final class LoopbackSignIn {
  static final String CLIENT = "towncrier-console";
  static final String SECRET = "console secret+1";

  /** What the service is told of where people reach it; no test knows its port before. */
  static final String PUBLIC_URL = "http://localhost:8081";

  private final HttpServer server;
  private final Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger codes = new AtomicInteger();
  private volatile String origin = PUBLIC_URL;
  private volatile String token = "";

  LoopbackSignIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext(
        "/.well-known/openid-configuration",
        x ->
            json(
                x,
                200,
                "{\"authorization_endpoint\":\"%s/authorize\",\"token_endpoint\":\"%s/token\"}"
                    .formatted(url(), url())));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.createContext("/next", this::next);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void next(HttpExchange exchange) throws IOException {
    Map<String, String> given = form(body(exchange));
    origin = given.get("origin");
    token = given.get("token");
    json(exchange, 200, "{}");
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
    boolean right =
        "code".equals(query.get("response_type"))
            && CLIENT.equals(query.get("client_id"))
            && "S256".equals(query.get("code_challenge_method"))
            && (PUBLIC_URL + "/console/callback").equals(query.get("redirect_uri"));
    if (!right) {
      json(exchange, 400, "{\"error\":\"invalid_request\"}");
      return;
    }
    String code = "code-" + codes.incrementAndGet();
    asked.put(code, query);
    URI back = URI.create(origin + "/console/callback");
    String acr = query.containsKey("acr_values") ? "&acr_was_asked=1" : "";
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            back
                + "?code="
                + code
                + "&state="
                + URLEncoder.encode(query.get("state"), StandardCharsets.UTF_8)
                + acr);
    exchange.sendResponseHeaders(303, -1);
    exchange.close();
  }

  /** A code counts once, with its verifier, for its client. */
  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = form(body(exchange));
    Map<String, String> begun = asked.remove(form.getOrDefault("code", ""));
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    boolean right =
        begun != null
            && "authorization_code".equals(form.get("grant_type"))
            && begun.get("redirect_uri").equals(form.get("redirect_uri"))
            && begun.get("code_challenge").equals(challenge(form.get("code_verifier")))
            && basic().equals(shown);
    json(
        exchange,
        right ? 200 : 400,
        right
            ? "{\"token_type\":\"Bearer\",\"expires_in\":600,\"access_token\":\"" + token + "\"}"
            : "{\"error\":\"invalid_grant\"}");
  }

  private static String basic() {
    String pair = CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String challenge(String verifier) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> form(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(p -> decoded(p[0]), p -> decoded(p[1])));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
