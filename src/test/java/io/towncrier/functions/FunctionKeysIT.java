package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A function whose master key is not the one of its database. */
@Tag("zip")
class FunctionKeysIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANOTHER =
      Base64.getEncoder()
          .encodeToString("another master key of 32 bytes!!".getBytes(StandardCharsets.UTF_8));

  @Test
  void withAnotherKeyEverythingIsRefusedButChecksAndItRings() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    // The first one with the right key binds the database to it.
    cell.publishSample();
    try (FunctionProcess api =
        cell.start(FunctionPackage.API, Map.of("TOWNCRIER_MASTER_KEY", ANOTHER))) {
      JsonNode check =
          invoke(api, "GET", "/v1/products/towncrier_ax3000/update", "version=1.2.0", "", null);
      assertThat(check.path("statusCode").asInt()).as("before any comparison").isEqualTo(200);

      for (String[] call :
          new String[][] {
            {"GET", "/v1/admin/products", "Bearer " + Tokens.operator("olga")},
            {"GET", "/v1/me/devices", "Bearer " + Tokens.user("alice")},
            {"GET", "/v1/devices/dev_1", "Bearer anything"},
            {"POST", "/v1/devices", ""},
          }) {
        JsonNode refused = invoke(api, call[0], call[1], "", call[2], "{}");
        assertThat(refused.path("statusCode").asInt()).as(call[1]).isEqualTo(503);
        assertThat(JSON.readTree(body(refused)).path("code").asText())
            .isEqualTo("wrong-master-key");
      }
      assertThat(
              invoke(api, "GET", "/v1/products/towncrier_ax3000/update", "version=1.2.0", "", null)
                  .path("statusCode")
                  .asInt())
          .isEqualTo(200);
      assertThat(api.log()).contains("\"WrongMasterKey\"").doesNotContain(ANOTHER);
    }
  }

  private static JsonNode invoke(
      FunctionProcess api, String method, String path, String query, String credential, String body)
      throws Exception {
    Map<String, String> headers =
        credential.isEmpty()
            ? Map.of("content-type", "application/json")
            : Map.of("content-type", "application/json", "authorization", credential);
    return JSON.readTree(
        api.invoke(LoopbackGateway.event(method, path, query, headers, body).toString()));
  }

  /** As API Gateway hands it on. */
  private static byte[] body(JsonNode answer) {
    String body = answer.path("body").asText();
    return answer.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
