package io.towncrier.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.notices.FinishNotices;
import io.towncrier.releases.phases.WatchPhases;
import io.towncrier.releases.support.WatchSupport;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.Configured;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What other systems are told. The one endpoint of this profile leads inside, and takes nothing.
 */
@QuarkusTest
@TestProfile(Configured.class)
class EventsIT {
  private static final String LETTERS = "/v1/admin/events/dead-letters";
  private static final String RELEASES = "/v1/admin/releases";

  @Inject WatchPhases phases;
  @Inject WatchSupport support;
  @Inject SendEvents send;
  @Inject FinishNotices finish;

  private final String product = "router-" + UUID.randomUUID();

  @BeforeEach
  void aProduct() {
    Api.operator()
        .body(Map.of("id", product, "name", "R", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  @Test
  void aPublicationIsToldWithItsTransaction() {
    draft("1.0", Map.of());
    assertThat(told("release.published")).isZero();
    publish("1.0", 200);
    assertThat(told("release.published")).isEqualTo(1);
    assertThat(Sql.text("SELECT data::text FROM event_out WHERE data ->> 'product' = ?", product))
        .contains("\"version\": \"1.0\"", "\"severity\": \"recommended\"");
    // The linter refuses it, and with it what would have been told.
    draft("2.0", Map.of("severity", "security"));
    publish("2.0", 422);
    assertThat(told("release.published")).isEqualTo(1);
  }

  @Test
  void aHaltAndAResumptionAreTold() {
    draft("1.0", Map.of());
    publish("1.0", 200);
    Api.operator().post(RELEASES + "/" + product + ":1.0/rollout/halt").then().statusCode(200);
    assertThat(told("rollout.halted")).isEqualTo(1);
    Api.operator().post(RELEASES + "/" + product + ":1.0/rollout/resume").then().statusCode(200);
    assertThat(told("rollout.resumed")).isEqualTo(1);
  }

  @Test
  void aPhaseThatBeginsByItsClockIsToldOnce() throws Throwable {
    draft(
        "1.0",
        Map.of(
            "rollout",
            Map.of(
                "phases",
                List.of(Map.of("percentage", 10, "soak", "PT0.2S"), Map.of("percentage", 100)))));
    publish("1.0", 200);
    watch();
    Await.patiently(
        "the second phase is told",
        () -> {
          try {
            watch();
          } catch (Throwable failure) {
            throw new IllegalStateException(failure);
          }
          return phase(2) == 1;
        });
    watch();
    assertThat(told("rollout.phase-begun")).isLessThanOrEqualTo(2);
    assertThat(phase(2)).isEqualTo(1);
    assertThat(told("rollout.done")).as("with its last phase, once").isEqualTo(1);
  }

  @Test
  void aRolloutWithAPhaseToComeIsNotDone() throws Throwable {
    draft(
        "1.0",
        Map.of(
            "rollout",
            Map.of(
                "phases",
                List.of(Map.of("percentage", 10, "soak", "P1D"), Map.of("percentage", 100)))));
    publish("1.0", 200);
    watch();
    assertThat(phase(1)).isEqualTo(1);
    assertThat(told("rollout.done")).isZero();
  }

  @Test
  void aRolloutIsDoneOnceWhateverBecomesOfItsPhases() throws Throwable {
    Map<String, Object> tenth = Map.of("percentage", 10, "soak", "P1D");
    draft("1.0", Map.of("rollout", Map.of("phases", List.of(tenth, Map.of("percentage", 100)))));
    publish("1.0", 200);
    watch();
    assertThat(told("rollout.done")).as("a phase is to come").isZero();

    phases("1.0", 1, List.of(tenth));
    watch();
    watch();
    assertThat(told("rollout.done")).as("the phase in force became the last one").isEqualTo(1);
    assertThat(told("rollout.phase-begun")).isEqualTo(1);

    phases("1.0", 2, List.of(Map.of("percentage", 10), Map.of("percentage", 100)));
    watch();
    watch();
    assertThat(phase(2)).as("one was added, and begins").isEqualTo(1);
    assertThat(told("rollout.done")).isEqualTo(1);
  }

  @Test
  void aRolloutWhosePhasesAreTakenAwayIsDone() throws Throwable {
    Map<String, Object> tenth = Map.of("percentage", 10, "soak", "P1D");
    draft("1.0", Map.of("rollout", Map.of("phases", List.of(tenth, Map.of("percentage", 100)))));
    publish("1.0", 200);
    watch();
    phases("1.0", 1, List.of());
    watch();
    watch();
    assertThat(told("rollout.done")).isEqualTo(1);
  }

  @Test
  void whatIsPublishedAnewIsAnotherRollout() throws Throwable {
    draft("1.0", Map.of("rollout", Map.of("phases", List.of(Map.of("percentage", 100)))));
    publish("1.0", 200);
    watch();
    assertThat(told("rollout.done")).isEqualTo(1);
    Sql.run(
        "UPDATE told_phase SET published_at = published_at - interval '1 hour'"
            + " WHERE product_id = ?",
        product);
    Api.operator().post(RELEASES + "/" + product + ":1.0/rollout/pause").then().statusCode(200);
    Api.operator().post(RELEASES + "/" + product + ":1.0/rollout/resume").then().statusCode(200);
    watch();
    watch();
    assertThat(phase(1)).isEqualTo(2);
    assertThat(told("rollout.done")).isEqualTo(2);
  }

  @Test
  void theEndOfSupportIsToldOnceForEachDayThatIsSet() throws Throwable {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    supported(today.plusDays(400), 0);
    watchSupport();
    assertThat(told("support.ending")).as("it is far").isZero();
    supported(today.minusDays(3), 1);
    watchSupport();
    assertThat(told("support.ending")).as("it is past").isZero();
    supported(today.plusDays(30), 2);
    watchSupport();
    watchSupport();
    assertThat(told("support.ending")).isEqualTo(1);
    assertThat(
            Sql.text(
                "SELECT data ->> 'supportedUntil' FROM event_out WHERE topic = 'support.ending'"
                    + " AND data ->> 'product' = ?",
                product))
        .isEqualTo(today.plusDays(30).toString());
    supported(today.plusDays(60), 3);
    watchSupport();
    assertThat(told("support.ending")).as("it was moved").isEqualTo(2);
  }

  @Test
  void theEndOfANoticeIsTold() throws Throwable {
    Api.importSample();
    Api.phone("kw");
    String notice = Api.announce("Nobody", Map.of("languages", List.of("kw")));
    Await.patiently(
        "it is done",
        () -> {
          try {
            VertxContextSupport.subscribeAndAwait(() -> finish.run());
          } catch (Throwable failure) {
            throw new IllegalStateException(failure);
          }
          return Sql.text(
                  "SELECT count(*) FROM event_out WHERE topic = 'notice.done'"
                      + " AND data ->> 'notice' = ?",
                  notice)
              .equals("1");
        });
  }

  @Test
  void whatAnEndpointDoesNotTakeIsADeadLetterThatOperatorsSeeAndSendAgain() throws Throwable {
    draft("1.0", Map.of());
    publish("1.0", 200);
    String event = Sql.text("SELECT id FROM event_out WHERE data ->> 'product' = ?", product);
    sendUntilDead(event);
    Api.operator()
        .queryParam("limit", 500)
        .get(LETTERS)
        .then()
        .statusCode(200)
        .body("items.id", hasItem(event + ":crm"))
        .body("items.find { it.event == '" + event + "' }.reason", equalTo("address-not-public"))
        .body("items.find { it.event == '" + event + "' }.attempts", equalTo(1))
        .body("items.find { it.event == '" + event + "' }.topic", equalTo("release.published"));
    Api.operator().post(LETTERS + "/" + event + ":crm/retry").then().statusCode(204);
    sendUntilDead(event);
    for (String unknown : new String[] {"x", "x:y", event + ":other"}) {
      Api.operator().post(LETTERS + "/" + unknown + "/retry").then().statusCode(404);
    }
    for (String noNext : new String[] {"x:y", event, event + ":c\0rm", "\0:crm"}) {
      Api.operator().queryParam("after", noNext).get(LETTERS).then().statusCode(400);
    }
  }

  @Test
  void aTopicOfALaterVersionKeepsNoOtherEventFromBeingSent() throws Throwable {
    draft("1.0", Map.of());
    publish("1.0", 200);
    String event = Sql.text("SELECT id FROM event_out WHERE data ->> 'product' = ?", product);
    sendUntilDead(event);
    Sql.run("UPDATE event_out SET topic = 'release.dreamt' WHERE id = ?", event);
    Api.operator().post(LETTERS + "/" + event + ":crm/retry").then().statusCode(204);
    sendUntilDead(event);
    Sql.run("DELETE FROM event_out WHERE id = ?", event);
  }

  private void sendUntilDead(String event) throws Throwable {
    VertxContextSupport.subscribeAndAwait(() -> send.run(() -> true));
    Await.patiently(
        "it is given up",
        () ->
            Sql.text("SELECT state FROM event_delivery WHERE event_id = ?", event).equals("dead"));
  }

  private void supported(LocalDate until, int revision) {
    Api.operator()
        .body(
            Map.of(
                "name",
                "R",
                "kind",
                "firmware",
                "defaultLanguage",
                "en",
                "supportedUntil",
                until.toString(),
                "revision",
                revision))
        .put("/v1/admin/products/" + product)
        .then()
        .statusCode(200);
  }

  private void watchSupport() throws Throwable {
    VertxContextSupport.subscribeAndAwait(() -> support.run(() -> true));
  }

  private void watch() throws Throwable {
    VertxContextSupport.subscribeAndAwait(() -> phases.run(() -> true));
  }

  private long told(String topic) {
    return Long.parseLong(
        Sql.text(
            "SELECT count(*) FROM event_out WHERE topic = ? AND data ->> 'product' = ?",
            topic,
            product));
  }

  private long phase(int number) {
    return Long.parseLong(
        Sql.text(
            "SELECT count(*) FROM event_out WHERE topic = 'rollout.phase-begun'"
                + " AND data ->> 'phase' = ? AND data ->> 'product' = ?",
            Integer.toString(number),
            product));
  }

  private void draft(String version, Map<String, ?> more) {
    Map<String, Object> release = new HashMap<>();
    release.put("product", product);
    release.put("version", version);
    release.put("severity", "recommended");
    release.put("notes", Map.of("en", Map.of("title", "New", "body", "All of it")));
    release.putAll(more);
    Api.operator().body(release).post(RELEASES).then().statusCode(201);
  }

  private void phases(String version, int revision, List<?> phases) {
    Api.operator()
        .body(Map.of("revision", revision, "phases", phases))
        .put(RELEASES + "/" + product + ":" + version + "/rollout")
        .then()
        .statusCode(200);
  }

  private void publish(String version, int status) {
    Api.operator()
        .body(Map.of("revision", 0))
        .post(RELEASES + "/" + product + ":" + version + "/publish")
        .then()
        .statusCode(status);
  }
}
