package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.towncrier.contract.AnswersFollowTheContract;
import io.towncrier.events.Event;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackEventBridge;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.QueueReader;
import io.towncrier.testing.Tokens;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;

/** What comes in the queues, ours and not ours, in time and late, once and again. */
@Tag("zip")
class FunctionQueuesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNKNOWN = "ntc_00000000000000000000000000";

  private static LoopbackCell cell;
  private static FunctionProcess api;
  private static FunctionProcess deliver;
  private static LoopbackGateway gateway;

  private final List<String> addresses = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    cell = LoopbackCell.shared();
    api = cell.start(FunctionPackage.API);
    deliver = cell.start(FunctionPackage.DELIVER);
    gateway = new LoopbackGateway(api);
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = gateway.port();
    AnswersFollowTheContract.install();
    Api.operatorsShow(() -> Tokens.operator("olga"));
    Api.importSample();
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    deliver.close();
    api.close();
  }

  @AfterEach
  void empty() {
    for (String queue : List.of(cell.planQueue(), cell.deliverQueue())) {
      cell.sqs().client().purgeQueue(PurgeQueueRequest.builder().queueUrl(queue).build());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"deliver\":",
        "[]",
        "{}",
        "{\"awake\":false}",
        "{\"awake\":true,\"deliver\":\"ntc_00000000000000000000000000\"}",
        "{\"Message\":\"from SNS\"}",
        "{\"deliver\":\"ntc_x\",\"shard\":1,\"of\":1,\"planned\":\"2026-05-01T12:00:00Z\"}",
        "{\"deliver\":\"ntc_00000000000000000000000000\",\"shard\":2,\"of\":1,\"planned\":\"2026-05-01T12:00:00Z\"}",
        "{\"deliver\":\"ntc_00000000000000000000000000\",\"shard\":1,\"of\":1,\"planned\":\"yesterday\"}",
        "{\"plan\":\"ntc_00000000000000000000000000\"}"
      })
  void whatIsNotOursIsReturnedAndEndsAsADeadLetter(String body) throws Exception {
    assertThat(failures(deliver, List.of(body))).containsExactly("m0");
  }

  @Test
  void aShardOfANoticeThatNobodyHerePlannedIsReturned() throws Exception {
    assertThat(failures(deliver, List.of(shard(UNKNOWN, 1, 1, Instant.now()))))
        .containsExactly("m0");
  }

  @Test
  void whatIsOursIsDoneBesideWhatIsNot() throws Exception {
    String notice = startedFor(1);
    assertThat(
            failures(deliver, List.of("garbage", shard(notice, 1, 1, Instant.now()), "{\"no\":1}")))
        .containsExactly("m0", "m2");
    pushesToEach(1);
  }

  @Test
  void aMessageThatKeepsAFunctionAwakeIsDoneWithAndAsksForNothing() throws Exception {
    String awake = "{\"awake\":true}";
    assertThat(failures(deliver, List.of(awake))).isEmpty();
    assertThat(failures(deliver, List.of("garbage", awake))).containsExactly("m0");
    try (FunctionProcess plan = cell.start(FunctionPackage.PLAN)) {
      assertThat(failures(plan, List.of(awake, awake))).isEmpty();
    }
    assertThat(cell.sqs().left(cell.deliverQueue())).isZero();
  }

  @Test
  void aShardThatIsNamedTwiceIsSentOnce() throws Exception {
    String notice = startedFor(3);
    String message = shard(notice, 1, 1, Instant.now());
    assertThat(failures(deliver, List.of(message, message))).isEmpty();
    assertThat(failures(deliver, List.of(message))).isEmpty();
    pushesToEach(1);
  }

  @Test
  void aMessageThatArrivesThreeTimesAtOnceIsSentOnce() throws Exception {
    String notice = startedFor(25);
    String message = shard(notice, 1, 1, Instant.now());
    try (FunctionProcess second = cell.start(FunctionPackage.DELIVER);
        FunctionProcess third = cell.start(FunctionPackage.DELIVER)) {
      ExecutorService threads = Executors.newFixedThreadPool(3);
      List<CompletableFuture<List<String>>> all = new ArrayList<>();
      for (FunctionProcess function : List.of(deliver, second, third)) {
        all.add(CompletableFuture.supplyAsync(() -> failures(function, List.of(message)), threads));
      }
      for (CompletableFuture<List<String>> one : all) {
        assertThat(one.get()).isEmpty();
      }
      threads.shutdown();
    }
    pushesToEach(1);
  }

  @Test
  void aMessageThatIsTooOldIsDoneWithAndSendsNothing() throws Exception {
    String notice = startedFor(1);
    Instant old = Instant.now().minus(Duration.ofMinutes(16));
    assertThat(failures(deliver, List.of(shard(notice, 1, 1, old)))).isEmpty();
    pushesToEach(0);
  }

  @Test
  void aMessageForWhichNoTimeIsLeftIsReturned() throws Exception {
    String notice = startedFor(1);
    String event = QueueReader.event(List.of(shard(notice, 1, 1, Instant.now()))).toString();
    JsonNode result = JSON.readTree(deliver.invoke(event, Duration.ofSeconds(15)));
    assertThat(result.path("batchItemFailures")).hasSize(1);
    pushesToEach(0);
  }

  @Test
  void aNoticeThatIsToBePlannedThreeTimesIsSplitOnce() throws Exception {
    String notice = startedFor(2);
    cell.sqs().client().purgeQueue(PurgeQueueRequest.builder().queueUrl(cell.planQueue()).build());
    String message = "{\"plan\":\"" + notice + "\"}";
    try (FunctionProcess plan = cell.start(FunctionPackage.PLAN)) {
      assertThat(failures(plan, List.of(message, message, "{\"plan\":\"x\"}", message)))
          .containsExactly("m2");
    }
    assertThat(cell.sqs().left(cell.deliverQueue())).isEqualTo(1);
  }

  @Test
  void whatIsStartedAndNotPlannedIsPlannedAndHandedOnPageByPage() throws Exception {
    String notice = startedFor(3);
    try (Connection connection = cell.postgres().connect();
        Statement statement = connection.createStatement()) {
      // As if its first page had been empty.
      statement.execute("DELETE FROM delivery WHERE notice_id = '" + notice + "'");
      statement.execute(
          "UPDATE notice_walk SET after = '', through_at = NULL WHERE notice_id = '"
              + notice
              + "'");
    }
    try (FunctionProcess plan =
        cell.start(FunctionPackage.PLAN, Map.of("TOWNCRIER_NOTICES_PAGE", "2"))) {
      assertThat(failures(plan, List.of("{\"plan\":\"" + notice + "\"}"))).isEmpty();
    }
    assertThat(cell.sqs().left(cell.deliverQueue())).isEqualTo(2);
    assertThat(failures(deliver, List.of(shard(notice, 1, 2, Instant.now())))).isEmpty();
    pushesToEach(1);
  }

  @Test
  void aTickThatWasMissedForAnHourIsMadeUpByTheNext() throws Exception {
    String notice = draftFor(2);
    Api.operator().post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
    try (Connection connection = cell.postgres().connect();
        Statement statement = connection.createStatement()) {
      // As if every tick since then had been missed.
      assertThat(
              statement.executeUpdate(
                  "UPDATE notice SET starts_at = now() - interval '1 hour' WHERE id = '"
                      + notice
                      + "'"))
          .isEqualTo(1);
    }
    try (FunctionProcess tick = cell.start(FunctionPackage.TICK);
        FunctionProcess plan = cell.start(FunctionPackage.PLAN)) {
      JsonNode done = JSON.readTree(tick.invoke(QueueReader.event(List.of("{}")).toString()));
      assertThat(done.path("noticesStarted").asInt()).as(done.toString()).isEqualTo(1);
      assertThat(failures(plan, List.of("{\"plan\":\"" + notice + "\"}"))).isEmpty();
    }
    assertThat(failures(deliver, List.of(shard(notice, 1, 1, Instant.now())))).isEmpty();
    pushesToEach(1);
  }

  @Test
  void aTickPutsEventsOnTheBusAndThoseThatFailedComeAgainAlone() throws Exception {
    Set<String> events = waitingForTheBus(25);
    AtomicInteger asked = new AtomicInteger();
    try (LoopbackEventBridge bus = LoopbackEventBridge.start();
        FunctionProcess tick =
            cell.start(
                FunctionPackage.TICK,
                Map.of(
                    "TOWNCRIER_EVENTS_BUS", "towncrier-eu-events",
                    // A tick imports nothing, and so tells nothing of its own.
                    "TOWNCRIER_EVENTS_BUS_TOPICS", "catalogue.imported",
                    "TOWNCRIER_AWS_ENDPOINT_EVENTS", bus.endpoint().toString()))) {
      bus.refuse(entry -> asked.incrementAndGet() % 10 == 3 ? "InternalFailure" : "");
      JsonNode done = JSON.readTree(tick.invoke(QueueReader.event(List.of("{}")).toString()));
      assertThat(done.path("eventsSent").asInt()).as(done.toString()).isEqualTo(25);
      assertThat(bus.requests()).isEqualTo(3);
      assertThat(bus.taken()).hasSize(22);

      bus.refuse(entry -> "");
      try (Connection connection = cell.postgres().connect();
          Statement statement = connection.createStatement()) {
        assertThat(
                statement.executeUpdate(
                    "UPDATE event_delivery SET due_at = now()"
                        + " WHERE endpoint = 'bus' AND state = 'waiting' AND attempts = 1"
                        + " AND reason = 'answered-InternalFailure'"))
            .isEqualTo(3);
      }
      tick.invoke(QueueReader.event(List.of("{}")).toString());
      assertThat(bus.taken())
          .extracting(entry -> LoopbackEventBridge.detail(entry).path("id").asText())
          .containsExactlyInAnyOrderElementsOf(events);
    }
  }

  private static Set<String> waitingForTheBus(int count) throws Exception {
    Set<String> events = new TreeSet<>();
    try (Connection connection = cell.postgres().connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < count; i++) {
        String id = Ids.next(Event.PREFIX);
        events.add(id);
        statement.execute(
            "INSERT INTO event_out (id, topic, at, data) VALUES ('%s', 'notice.done', now(), '%s')"
                .formatted(id, "{\"notice\": \"n%d\"}".formatted(i)));
        statement.execute(
            "INSERT INTO event_delivery (event_id, endpoint, state, due_at)"
                + " VALUES ('%s', 'bus', 'waiting', now())".formatted(id));
      }
    }
    return events;
  }

  /** A notice to new phones alone. */
  private String startedFor(int phones) {
    String notice = draft(phones, Map.of());
    Api.operator().post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
    return notice;
  }

  private String draftFor(int phones) {
    return draft(
        phones,
        Map.of("schedule", Map.of("at", Instant.now().plus(Duration.ofHours(1)).toString())));
  }

  private String draft(int phones, Map<String, ?> beside) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < phones; i++) {
      Api.Registered phone = Api.phone("en");
      String address = "tok-" + UUID.randomUUID();
      phone.pushTo(address);
      addresses.add(address);
      ids.add(phone.id());
    }
    Map<String, Object> body =
        new java.util.HashMap<>(Api.announcement("Queue", Map.of("devices", ids)));
    body.putAll(beside);
    return Api.operator()
        .body(body)
        .post("/v1/admin/notices")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void pushesToEach(int times) {
    for (String address : addresses) {
      assertThat(cell.fcm().to(address)).hasSize(times);
    }
  }

  private static String shard(String notice, int number, int of, Instant planned) {
    return "{\"deliver\":\"%s\",\"shard\":%d,\"of\":%d,\"planned\":\"%s\"}"
        .formatted(notice, number, of, planned);
  }

  private static List<String> failures(FunctionProcess function, List<String> bodies) {
    try {
      JsonNode result = JSON.readTree(function.invoke(QueueReader.event(bodies).toString()));
      return result.path("batchItemFailures").findValuesAsText("itemIdentifier");
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
