package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.QueueReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * New versions are called before they get traffic; in a closed cell before there is a schema, a
 * user of the database or a secret.
 */
@Tag("zip")
class RehearsedFunctionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AWAKE = "{\"awake\":true}";
  private static final Map<String, String> FIRST_DAY =
      Map.of(
          "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/postgres",
          "TOWNCRIER_MASTER_KEY", "secretsmanager:arn:of:nothing",
          "TOWNCRIER_FCM_CREDENTIALS", "secretsmanager:arn:of:nothing",
          "TOWNCRIER_SNAPSHOT_SIGNING_KEY", "secretsmanager:arn:of:nothing",
          "TOWNCRIER_AWS_ENDPOINT_SECRETSMANAGER", "http://127.0.0.1:1",
          "TOWNCRIER_AWS_ENDPOINT_S3", "http://127.0.0.1:1");

  @Test
  void aTickThatIsOnlyStartedNeedsNeitherSchemaNorSecretsAndAWholeOneDoes() throws Exception {
    try (FunctionProcess tick = LoopbackCell.shared().start(FunctionPackage.TICK, FIRST_DAY)) {
      assertThat(JSON.readTree(tick.invoke(AWAKE))).isEqualTo(JSON.readTree(AWAKE));
      assertThat(tick.invoke("{}")).startsWith("error ").contains("steps of the tick failed");
      assertThat(JSON.readTree(tick.invoke(AWAKE))).as("and again").isEqualTo(JSON.readTree(AWAKE));
    }
  }

  @Test
  void theOthersNeedNoneEither() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    String message = QueueReader.event(List.of(AWAKE)).toString();
    for (String handler : List.of(FunctionPackage.PLAN, FunctionPackage.DELIVER)) {
      try (FunctionProcess function = cell.start(handler, FIRST_DAY)) {
        JsonNode done = JSON.readTree(function.invoke(message));
        assertThat(done.path("batchItemFailures")).as(handler).isEmpty();
      }
    }
    try (FunctionProcess api = cell.start(FunctionPackage.API, FIRST_DAY)) {
      String page = LoopbackGateway.event("GET", "/v1/about", "", Map.of(), null).toString();
      assertThat(JSON.readTree(api.invoke(page)).path("statusCode").asInt()).isEqualTo(200);
    }
  }
}
