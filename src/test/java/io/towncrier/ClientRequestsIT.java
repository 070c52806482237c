package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.towncrier.testing.Api;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What clients send, byte for byte and with no header that an HTTP library would add: the service
 * accepts all of it. The test of the firewall reads the same file, and refuses none of it.
 */
@QuarkusTest
@Tag("zoneless")
class ClientRequestsIT {
  private static final Path REQUESTS = Path.of("infra/src/test/resources/client-requests.json");

  @BeforeEach
  void thereAreProducts() {
    Api.importSample();
    Api.operator()
        .body(Map.of("id", "acme.cfg", "name", "R1", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  @Test
  void everythingThatTheFirewallLetsPassIsAccepted() throws IOException {
    JsonNode requests = new ObjectMapper().readTree(REQUESTS.toFile());
    assertThat(requests.size()).isGreaterThan(12);
    List<String> refused = new ArrayList<>();
    Api.Registered phone = Api.phone("en");
    for (JsonNode request : requests) {
      String status = send(request, phone);
      // Only of a few it says what is answered: as to anybody else.
      if (!status.startsWith("HTTP/1.1 " + request.path("answer").asText("2"))) {
        refused.add(request.path("name").asText() + ": " + status);
      }
    }
    assertThat(refused).isEmpty();
  }

  private static String send(JsonNode request, Api.Registered phone) throws IOException {
    byte[] body = body(request.path("body")).getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(request.path("method").asText())
        .append(' ')
        .append(target(request).replace("{device}", phone.id()));
    head.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
      head.append(header.getKey()).append(": ").append(text(header.getValue())).append("\r\n");
    }
    if (request.path("operator").asBoolean()) {
      head.append("Authorization: Bearer ").append(TestPostgres.OPERATOR_TOKEN).append("\r\n");
    }
    if (request.path("device").asBoolean()) {
      head.append("Authorization: Bearer ").append(phone.secret()).append("\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("no answer");
    }
  }

  private static String target(JsonNode request) {
    StringBuilder target = new StringBuilder(request.path("path").asText());
    char before = '?';
    for (Map.Entry<String, JsonNode> fact : request.path("query").properties()) {
      target.append(before).append(fact.getKey()).append('=');
      target.append(URLEncoder.encode(text(fact.getValue()), StandardCharsets.UTF_8));
      before = '&';
    }
    return target.toString();
  }

  private static String text(JsonNode value) {
    return value.isObject()
        ? value.path("text").asText().repeat(value.path("times").asInt())
        : value.asText();
  }

  private static String body(JsonNode body) {
    if (body.isMissingNode()) {
      return "";
    }
    // Spaces behind it, as an editor may leave them.
    return body.isTextual() ? Api.sampleCatalogue() + " ".repeat(9000) : body.toString();
  }
}
