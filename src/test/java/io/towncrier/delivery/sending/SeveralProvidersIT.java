package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.LoopbackGetui.Answer;
import io.towncrier.testing.LoopbackGetui.Fault;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two providers side by side: each with its own deliveries, account and troubles. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class SeveralProvidersIT {
  private static final List<RaceField.Kind> ANY = List.of(RaceField.Kind.DEVICE_OFF);

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final LoopbackGetui getui = LoopbackGetui.running();

  @Inject RaceField field;
  @Inject DrainOutbox drain;
  @Inject DeliveryCounters counters;
  @Inject Database database;

  private final List<RaceField.Racer> ofFcm = new ArrayList<>();
  private final List<RaceField.Racer> ofGetui = new ArrayList<>();
  private List<String> notices = List.of();

  @BeforeEach
  void planForBoth() {
    fcm.behave(arrival -> LoopbackFcm.Answer.accepted());
    getui.behave();
    ofFcm.addAll(field.register(20, ANY));
    ofGetui.addAll(field.register(20, ANY, PushAddress.Kind.CID));
    List<RaceField.Racer> all = new ArrayList<>(ofFcm);
    all.addAll(ofGetui);
    notices = field.plan(all, true);
  }

  @AfterEach
  void forget() {
    fcm.behave(arrival -> LoopbackFcm.Answer.accepted());
    getui.behave();
    field.forget(notices);
    run("DELETE FROM push_account");
  }

  @Test
  void eachDeliveryGoesToTheProviderOfItsAddressAndToNoOther() {
    long before = counters.of("getui", "accepted");
    drain();
    assertThat(ofFcm).allMatch(one -> fcm.to(one.address()).size() == 1);
    assertThat(ofGetui).allMatch(one -> getui.to(one.address()).size() == 1);
    assertThat(ofFcm).allMatch(one -> getui.all(one.address()).isEmpty());
    assertThat(ofGetui).allMatch(one -> fcm.to(one.address()).isEmpty());
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 40L));
    assertThat(counters.of("getui", "accepted") - before).isEqualTo(20);
    assertThat(Sql.text("SELECT string_agg(id, ' ' ORDER BY id) FROM push_account"))
        .isEqualTo("fcm:towncrier-test getui:towncrierTestApp");
    Api.operator()
        .get("/v1/admin/status")
        .then()
        .statusCode(200)
        .body("providers", hasSize(2))
        .body("providers.provider", contains(containsString("fcm"), containsString("getui")))
        .body("providers.quotaPerMinute", contains(60_000_000, 300_000));
  }

  @Test
  void oneThatStandsStillKeepsNoOtherWaitingAndIsToldByName() {
    run("UPDATE delivery SET due_at = due_at - interval '1 hour' WHERE provider = 'fcm'");
    fcm.behave(
        arrival ->
            new LoopbackFcm.Answer(
                403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}", Map.of()));
    drain();
    assertThat(ofGetui).allMatch(one -> getui.to(one.address()).size() == 1);
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 20L, "PENDING", 20L));
    Api.operator()
        .get("/v1/admin/health")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'push' }.data.state", equalTo("degraded"))
        .body("checks.find { it.name == 'push' }.data.fcm", equalTo("degraded: PERMISSION_DENIED"))
        .body("checks.find { it.name == 'push' }.data.getui", equalTo("working"));
    assertThat(Sql.text("SELECT string_agg(account_id, ' ') FROM push_breaker WHERE failures > 0"))
        .isEqualTo("fcm:towncrier-test");
  }

  @Test
  void theSilenceOfOneIsNotWaitedForByTheOther() {
    getui.answer(() -> Optional.of(Answer.fault(Fault.SILENCE)));
    AtomicBoolean ofGetuiIsOver = new AtomicBoolean();
    Uni<Long> silent =
        drain
            .runOf("getui", () -> true)
            .invoke(looked -> ofGetuiIsOver.set(true))
            .memoize()
            .indefinitely();
    silent.subscribe().with(looked -> {});
    assertThat(await(drain.runOf("fcm", () -> true))).isEqualTo(20);
    assertThat(ofFcm).allMatch(one -> fcm.to(one.address()).size() == 1);
    assertThat(ofGetuiIsOver).as("the other still waits for its answer").isFalse();
    await(silent);
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 20L, "PENDING", 20L));
  }

  @Test
  void aDeliveryFollowsItsDeviceToAnotherProvider() {
    RaceField.Racer moved = ofFcm.get(3);
    String cid = "cid" + moved.device();
    database
        .update("UPDATE device SET revision = revision + 1 WHERE id = $1", moved.device())
        .await()
        .atMost(Duration.ofSeconds(10));
    field.moveTo(moved.device(), cid, PushAddress.Kind.CID);
    drain();
    drain();
    assertThat(getui.to(cid)).hasSize(1);
    assertThat(fcm.to(moved.address())).isEmpty();
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 40L));
  }

  @Test
  void aRepeatAfterSilenceHasItsIdAndOneAfterARefusalAnother() {
    RaceField.Racer one = ofGetui.get(0);
    getui.answer(() -> Optional.of(Answer.fault(Fault.CLOSE)));
    drain();
    getui.answer(() -> Optional.of(Answer.error(403, 30019, "busy")));
    dueAgain();
    drain();
    getui.answer(Optional::empty);
    dueAgain();
    drain();
    List<LoopbackGetui.Arrival> all = getui.all(one.address());
    assertThat(all).hasSize(3);
    assertThat(all.get(1).requestId()).isEqualTo(all.get(0).requestId());
    assertThat(all.get(2).requestId()).isNotEqualTo(all.get(0).requestId());
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 40L));
  }

  @Test
  void anIdleAddressIsDroppedWhenWeHaveNotSeenTheDeviceEither() {
    RaceField.Racer here = ofGetui.get(0);
    RaceField.Racer away = ofGetui.get(1);
    getui.says(here.address(), "successed_ignore");
    getui.says(away.address(), "successed_ignore");
    run("UPDATE device SET last_seen_on = current_date - 31 WHERE id = '" + away.device() + "'");
    drain();
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 38L, "DEAD", 2L));
    assertThat(address(here)).isEqualTo("getui");
    assertThat(address(away)).isEqualTo("none");
    assertThat(
            Sql.text(
                "SELECT string_agg(DISTINCT reason, ' ') FROM delivery WHERE state = 'DEAD'"
                    + " AND notice_id = '"
                    + notices.get(0)
                    + "'"))
        .isEqualTo("inactive");
  }

  private String address(RaceField.Racer of) {
    return Sql.text(
        "SELECT coalesce(push_provider, 'none') FROM device WHERE id = '" + of.device() + "'");
  }

  private void dueAgain() {
    run("DELETE FROM push_account");
    run("UPDATE delivery SET due_at = now() WHERE state = 'PENDING'");
  }

  private void drain() {
    try {
      VertxContextSupport.subscribeAndAwait(() -> drain.run(Optional.empty(), () -> true));
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    await(
            database.rows(
                "SELECT state, count(*) AS deliveries FROM delivery"
                    + " WHERE notice_id = $1 GROUP BY state",
                row -> Map.entry(row.text("state"), row.number("deliveries")),
                notices.get(0)))
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    return states;
  }

  private void run(String sql) {
    await(database.update(sql));
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }
}
