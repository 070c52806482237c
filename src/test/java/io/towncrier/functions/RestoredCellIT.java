package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.towncrier.testing.Api;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.QueueReader;
import io.towncrier.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cell whose database is behind its witness, as after a restore to a moment. */
@Tag("zip")
class RestoredCellIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHECK = "{\"product\":\"towncrier_ax3000\",\"version\":\"1.2.0\"}";

  private final List<String> addresses = new ArrayList<>();
  private LoopbackCell cell;
  private FunctionProcess api;
  private FunctionProcess tick;
  private LoopbackGateway gateway;

  @BeforeEach
  void start() throws Exception {
    cell = LoopbackCell.shared();
    api = cell.start(FunctionPackage.API);
    tick = cell.start(FunctionPackage.TICK);
    gateway = new LoopbackGateway(api);
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = gateway.port();
    Api.operatorsShow(() -> Tokens.operator("olga"));
    Api.importSample();
  }

  @AfterEach
  void stop() throws Exception {
    // Whatever failed, the tests behind push.
    tick.invoke("{\"restored\":\"accept\",\"by\":\"the test\"}");
    cell.sqs().client().purgeQueue(r -> r.queueUrl(cell.planQueue()));
    gateway.close();
    tick.close();
    api.close();
  }

  @Test
  void itsPushesWaitUntilAnOperatorHasSeenWhatDiffers() throws Exception {
    String notice = startedFor(2);
    deliver(notice);
    pushesToEach(1);
    JsonNode marked = tick("{}");
    assertThat(marked.path("marked").asInt()).isOne();
    assertThat(marked.path("pushesWait").asInt(-1)).isZero();
    String[] told = witness().split("\\s+", 3);
    assertThat(told[2]).contains(notice + " 2");

    long ahead = Long.parseLong(told[0]) + 1000;
    String later = ahead + " 2027-01-01T12:00:00Z\n" + notice + " 5";
    cell.s3().put(LoopbackCell.WITNESS, later.getBytes(StandardCharsets.UTF_8));
    String next = startedFor(1);
    deliver(next);
    pushesTo(addresses.get(2), 0);
    JsonNode waiting = fresh("{}");
    assertThat(waiting.path("pushesWait").asInt()).isOne();
    assertThat(tick.log()).contains("pushes wait: restored", "\"PushesWait\":1");
    assertThat(witness()).as("an operator has to look at it first").isEqualTo(later);
    checksGoOn();

    JsonNode shown = fresh("{\"restored\":\"show\"}").path("restored");
    assertThat(shown.path("heldBecause").asText()).contains("older than the witness");
    assertThat(shown.path("witnessMark").asLong()).isEqualTo(ahead);
    assertThat(shown.path("toldAt").asText()).startsWith("2027-01-01T12:00");
    assertThat(shown.at("/notices/0/sentSince").asInt()).isEqualTo(3);
    assertThat(tick.invoke("{\"restored\":\"accept\"}")).as("nobody says so").startsWith("error ");
    assertThat(tick.invoke("{\"restored\":\"yes\"}")).startsWith("error ");

    JsonNode accepted = fresh("{\"restored\":\"accept\",\"by\":\"olga\"}").path("accepted");
    assertThat(accepted.path("heldBecause").asText()).contains("older than the witness");
    deliver(next);
    pushesTo(addresses.get(2), 1);
    assertThat(fresh("{}").path("pushesWait").asInt(-1)).isZero();
    assertThat(Long.parseLong(witness().split("\\s+", 2)[0])).isGreaterThan(ahead);
    assertThat(
            Api.operator()
                .get("/v1/admin/audit?subject=installation")
                .then()
                .statusCode(200)
                .extract()
                .asString())
        .contains("restore.accepted", "olga");
  }

  private void checksGoOn() throws Exception {
    try (FunctionProcess check =
        cell.start(FunctionPackage.CHECK, LoopbackCell.withoutDatabase())) {
      assertThat(JSON.readTree(check.invoke(CHECK)).path("decision").asText()).isEqualTo("offer");
    }
  }

  /** Of a function that has remembered nothing. */
  private JsonNode fresh(String event) throws Exception {
    try (FunctionProcess another = cell.start(FunctionPackage.TICK)) {
      return JSON.readTree(another.invoke(event));
    }
  }

  private JsonNode tick(String event) throws Exception {
    return JSON.readTree(tick.invoke(event));
  }

  private String witness() throws Exception {
    return new String(cell.s3().get(LoopbackCell.WITNESS), StandardCharsets.UTF_8);
  }

  private void deliver(String notice) throws Exception {
    try (FunctionProcess deliver = cell.start(FunctionPackage.DELIVER)) {
      String shard =
          "{\"deliver\":\"%s\",\"shard\":1,\"of\":1,\"planned\":\"%s\"}"
              .formatted(notice, Instant.now());
      JsonNode done = JSON.readTree(deliver.invoke(QueueReader.event(List.of(shard)).toString()));
      assertThat(done.path("batchItemFailures")).as(done.toString()).isEmpty();
    }
  }

  private String startedFor(int phones) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < phones; i++) {
      Api.Registered phone = Api.phone("en");
      String address = "tok-" + UUID.randomUUID();
      phone.pushTo(address);
      addresses.add(address);
      ids.add(phone.id());
    }
    String notice =
        Api.operator()
            .body(Api.announcement("Restored", Map.of("devices", ids)))
            .post("/v1/admin/notices")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    Api.operator().post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
    return notice;
  }

  private void pushesToEach(int times) {
    addresses.forEach(address -> pushesTo(address, times));
  }

  private void pushesTo(String address, int times) {
    assertThat(cell.fcm().to(address)).hasSize(times);
  }
}
