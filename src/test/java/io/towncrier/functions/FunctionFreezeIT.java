package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.Tokens;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sandbox that is frozen between two requests, whose connections are gone when it is thawed. */
@Tag("zip")
class FunctionFreezeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMES = 40;

  @Test
  void noRequestFailsAfterAFreezeInWhichConnectionsWereDropped() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    try (FunctionProcess api = cell.start(FunctionPackage.API)) {
      assertThat(status(api, "POST", "/v1/admin/catalogue", Api.sampleCatalogue())).isEqualTo(200);
      assertThat(writes(api)).isEqualTo(201);
      int opened = cell.proxy().accepted();
      for (int i = 0; i < TIMES; i++) {
        boolean frozen = i % 2 == 0;
        if (frozen) {
          api.freeze();
        }
        cell.proxy().reset();
        if (frozen) {
          Thread.sleep(50);
          api.thaw();
        }
        // Reading and writing in turn: the first that meets the dead connection.
        assertThat(i % 4 < 2 ? reads(api) : writes(api)).as("request %d", i).isBetween(200, 201);
      }
      assertThat(cell.proxy().accepted() - opened).as("connections made anew").isPositive();
    }
  }

  private static int reads(FunctionProcess api) throws Exception {
    return status(api, "GET", "/v1/admin/notices", null);
  }

  private static int writes(FunctionProcess api) throws Exception {
    return status(
        api,
        "POST",
        "/v1/devices",
        """
        {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
         "timezone":"Europe/Berlin","language":"de"}
        """);
  }

  private static int status(FunctionProcess api, String method, String path, String body)
      throws Exception {
    Map<String, String> headers =
        Map.of(
            "content-type",
            "application/json",
            "authorization",
            "Bearer " + Tokens.operator("olga"));
    String result = api.invoke(LoopbackGateway.event(method, path, "", headers, body).toString());
    JsonNode answer = JSON.readTree(result);
    return answer.path("statusCode").asInt();
  }
}
