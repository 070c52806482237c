package io.towncrier.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** An operator at a packaged server, who hears of every failure as an exception. */
final class ScaleClient {
  /** The cookie of a session where there is no TLS. */
  static final String COOKIE = "towncrier-console";

  private static final String ADMIN = "/v1/admin/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  ScaleClient(int port) {
    this.server = URI.create("http://127.0.0.1:" + port);
  }

  /** Where a browser finds it. */
  String origin() {
    return server.toString();
  }

  /**
   * Asks the API.
   *
   * @param path behind /v1/admin/, escaped
   */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(sent(asOperator(path), 200).body());
  }

  void post(String path, Map<String, ?> body, int expected)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher json =
        HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    sent(asOperator(path).header("Content-Type", "application/json").POST(json), expected);
  }

  /** How long the answer takes to its last byte, in milliseconds. */
  double millis(String path) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    sent(asOperator(path), 200);
    return (System.nanoTime() - begun) / 1e6;
  }

  /** Signs in as the page does; the value of the cookie. */
  String session() throws IOException, InterruptedException {
    byte[] token = JSON.writeValueAsBytes(Map.of("token", TestPostgres.OPERATOR_TOKEN));
    HttpResponse<byte[]> opened =
        sent(
            HttpRequest.newBuilder(server.resolve("/console/session"))
                .header("Content-Type", "application/json")
                .header("Towncrier-Console", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(token)),
            201);
    String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(COOKIE.length() + 1, cookie.indexOf(';'));
  }

  /**
   * A poll as the page sends it.
   *
   * @param tag of the answer that is known; empty: none
   */
  HttpResponse<byte[]> poll(String session, String tag) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(ADMIN + "live"))
            .header("Cookie", COOKIE + "=" + session)
            .header("Towncrier-Console", "1")
            .header("Towncrier-Poll", "1");
    if (tag.isEmpty()) {
      return sent(request, 200);
    }
    return answer(request.header("If-None-Match", tag));
  }

  private HttpRequest.Builder asOperator(String path) {
    return HttpRequest.newBuilder(server.resolve(ADMIN + path))
        .header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN);
  }

  private HttpResponse<byte[]> sent(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = answer(request);
    if (answer.statusCode() != expected) {
      throw new IOException(
          answer.request().uri()
              + " "
              + answer.statusCode()
              + " "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer;
  }

  private HttpResponse<byte[]> answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    // The import takes the longest.
    return client.send(
        request.timeout(Duration.ofSeconds(120)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
