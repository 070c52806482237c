package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.towncrier.testing.Management;
import io.towncrier.testing.RawHttp;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server's own parser refuses, byte for byte. */
@QuarkusTest
@Tag("zoneless")
class UnparsedRequestsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String CANARY = "canary-of-the-caller";
  private static final String END = "\r\nHost: localhost\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET\r\n\r\n",
        CANARY + "\r\n\r\n",
        "GET /v1/about HTTP/" + CANARY + END,
        "GET /v1/about HTTP/1.1\r\n" + CANARY + " : x" + END,
        "GET /v1/about HTTP/1.1\r\n" + CANARY + END,
        "POST /v1/devices HTTP/1.1\r\nContent-Length: " + CANARY + END,
        "POST /v1/devices HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2" + END,
        "POST /v1/devices HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked" + END
      })
  void aMalformedRequestIsAProblemAndTheConnectionEnds(String request) throws IOException {
    isProblem(RawHttp.send(RestAssured.port, request, PATIENCE), 400, "invalid-request");
  }

  @Test
  void whatIsTooLongIsAProblemThatSaysWhat() throws IOException {
    String line = "GET /v1/about?x=" + CANARY + "a".repeat(4_096) + " HTTP/1.1" + END;
    isProblem(RawHttp.send(RestAssured.port, line, PATIENCE), 414, "uri-too-long");
    String headers = "GET /v1/about HTTP/1.1\r\nX-A: " + CANARY + "a".repeat(21_000) + END;
    isProblem(RawHttp.send(RestAssured.port, headers, PATIENCE), 431, "headers-too-large");
  }

  @Test
  void onTheManagementInterfaceTheSame() throws IOException {
    isProblem(
        RawHttp.send(Management.url("/").getPort(), "GET\r\n\r\n", PATIENCE),
        400,
        "invalid-request");
  }

  @Test
  void oneBehindARequestThatWasReadIsToldTheSame() throws IOException {
    String both = "GET /v1/about HTTP/1.1" + END + "GET /v1/about HTTP/" + CANARY + END;
    RawHttp.Answer answer = RawHttp.send(RestAssured.port, both, PATIENCE);
    assertThat(answer.status()).isEqualTo(200);
    String second = answer.text().substring(answer.text().lastIndexOf("HTTP/1.0 400"));
    isProblem(new RawHttp.Answer(second, answer.closed()), 400, "invalid-request");
  }

  private static void isProblem(RawHttp.Answer answer, int status, String code) throws IOException {
    assertThat(answer.text()).isNotEmpty().doesNotContain(CANARY);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text().toLowerCase(java.util.Locale.ROOT))
        .contains("content-type: application/problem+json", "connection: close")
        .contains("cache-control: no-store");
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(answer.closed()).as("the rest of it cannot be read").isTrue();
  }
}
