package io.towncrier.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An operator at a packaged server, who hears of every failure as an exception. */
final class ServerClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;

  ServerClient(int port) {
    this.server = URI.create("http://127.0.0.1:" + port);
  }

  JsonNode call(String method, String path, Map<String, ?> body) throws Exception {
    HttpRequest.BodyPublisher bytes =
        HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    return send(request(path).header("Content-Type", "application/json").method(method, bytes));
  }

  JsonNode get(String path) throws Exception {
    return send(request(path));
  }

  JsonNode put(String path, byte[] part) throws Exception {
    return send(request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(part)));
  }

  /** Status and bytes of what everybody is served. */
  HttpResponse<byte[]> download(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Sends what is missing of an image, completes it, and waits until it is ready. */
  String upload(UploadedImage image) throws Exception {
    JsonNode started = call("POST", UploadedImage.ARTIFACTS, image.announcement());
    String id = started.at("/artifact/id").asText();
    for (JsonNode part : started.path("parts")) {
      if (!part.path("stored").asBoolean()) {
        put(part.path("url").asText(), image.part(part.path("number").asInt()));
      }
    }
    call("POST", UploadedImage.ARTIFACTS + "/" + id + "/complete", Map.of());
    String state = "verifying";
    for (int i = 0; i < 600 && state.equals("verifying"); i++) {
      Thread.sleep(100);
      state = get(UploadedImage.ARTIFACTS + "/" + id).at("/artifact/state").asText();
    }
    if (!state.equals("ready")) {
      throw new IOException("the upload is " + state);
    }
    return id;
  }

  /** Publishes a release that names the artifact. */
  void publish(String product, String version, String artifact) throws Exception {
    call(
        "POST",
        "/v1/admin/releases",
        Map.of(
            "product",
            product,
            "version",
            version,
            "severity",
            "recommended",
            "notes",
            Map.of("en", Map.of("title", "New", "body", "All of it")),
            "artifacts",
            List.of(Map.of("id", artifact))));
    call(
        "POST",
        "/v1/admin/releases/" + product + ":" + version + "/publish",
        Map.of("revision", 0));
  }

  void product(String id) throws Exception {
    call(
        "POST",
        "/v1/admin/products",
        Map.of("id", id, "name", "Router", "kind", "firmware", "defaultLanguage", "en"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN);
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + new String(answer.body(), "UTF-8"));
    }
    return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }
}
