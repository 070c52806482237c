package io.towncrier.attacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A packaged server that is attacked, on a database that it migrates itself: also one of an earlier
 * commit, with another schema.
 */
final class Target implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final PackagedServer server;
  private final EmbeddedPostgres postgres;

  private Target(PackagedServer server, EmbeddedPostgres postgres) {
    this.server = server;
    this.postgres = postgres;
  }

  /** Started, with the sample catalogue. */
  static Target start(Map<String, String> settings) throws Exception {
    EmbeddedPostgres postgres = database();
    Target target =
        new Target(new PackagedServer(url(postgres.getPort()), given(settings)), postgres);
    target.begin();
    return target;
  }

  /** On its own database. */
  static Target withItsOwnDatabase(Map<String, String> settings) throws Exception {
    Target target = new Target(new PackagedServer("", given(settings)), null);
    target.begin();
    return target;
  }

  static EmbeddedPostgres database() throws IOException {
    return EmbeddedPostgres.builder().setServerConfig("max_connections", "100").start();
  }

  static String url(int port) {
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  static Map<String, String> given(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN);
    return all;
  }

  private void begin() throws IOException, InterruptedException {
    server.startIfDead();
    if (send(
                server,
                "POST",
                "/v1/admin/catalogue",
                bearer(TestPostgres.OPERATOR_TOKEN),
                Api.sampleCatalogue())
            .status()
        != 200) {
      System.out.println("without the sample catalogue: see the attack");
    }
  }

  /**
   * What came back.
   *
   * @param status 0 when nothing did within the client's patience
   */
  record Answer(int status, JsonNode body, String text, Map<String, String> headers) {}

  static Map<String, String> bearer(String credential) {
    return Map.of("Authorization", "Bearer " + credential);
  }

  Answer get(String path, Map<String, String> headers) throws InterruptedException {
    return send(server, "GET", path, headers, "");
  }

  Answer post(String path, Map<String, String> headers, String body) throws InterruptedException {
    return send(server, "POST", path, headers, body);
  }

  Answer put(String path, Map<String, String> headers, String body) throws InterruptedException {
    return send(server, "PUT", path, headers, body);
  }

  static Answer send(
      PackagedServer server, String method, String path, Map<String, String> headers, String body)
      throws InterruptedException {
    return send(server.port(), method, path, headers, body);
  }

  static Answer send(int port, String method, String path, Map<String, String> headers, String body)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> first = new HashMap<>();
      response.headers().map().forEach((name, values) -> first.put(name, values.get(0)));
      return new Answer(response.statusCode(), read(response.body()), response.body(), first);
    } catch (HttpTimeoutException silent) {
      return new Answer(0, JSON.createObjectNode(), "no answer in " + PATIENCE, Map.of());
    } catch (IOException cut) {
      return new Answer(0, JSON.createObjectNode(), cut.toString(), Map.of());
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text.isEmpty() ? "{}" : text);
    } catch (IOException noJson) {
      return JSON.createObjectNode();
    }
  }

  /** A phone that has registered. */
  record Phone(String id, String secret) {
    String path(String below) {
      return "/v1/devices/" + id + below;
    }

    Map<String, String> credential() {
      return bearer(secret);
    }
  }

  /**
   * Registers one.
   *
   * @param more members beside those that every phone has, with a comma before
   */
  Phone register(Map<String, String> headers, String more) throws InterruptedException {
    Answer made =
        post(
            "/v1/devices",
            headers,
            """
            {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
             "timezone":"Europe/Berlin","language":"en"%s}
            """
                .formatted(more));
    if (made.status() != 201) {
      throw new IllegalStateException("registration: " + made.status() + " " + made.text());
    }
    return new Phone(made.body().path("deviceId").asText(), made.body().path("secret").asText());
  }

  /** Brings an address; what is answered. */
  Answer propose(Phone phone, String address) throws InterruptedException {
    return put(
        phone.path("/push-address"),
        phone.credential(),
        "{\"provider\":\"fcm\",\"kind\":\"token\",\"value\":\"%s\"}".formatted(address));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    server.end();
    if (postgres != null) {
      postgres.close();
    }
  }
}
