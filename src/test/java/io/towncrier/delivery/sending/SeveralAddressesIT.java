package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.recall.RecallPushes;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.Sql;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Devices that FCM reaches first and Getui behind it. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class SeveralAddressesIT {
  private static final String ADD_FURTHER =
      """
      INSERT INTO push_address (device_id, provider, preference, kind, sealed, address_index,
        confirmed_on)
      VALUES ($1, 'getui', 2, 'CID', $2, sha256(convert_to($1::text, 'UTF8')), current_date)
      """;

  private static final Answer REFUSED =
      new Answer(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}", Map.of());

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final LoopbackGetui getui = LoopbackGetui.running();

  @Inject RaceField field;
  @Inject DrainOutbox drain;
  @Inject RecallPushes recalls;
  @Inject Database database;

  private final List<RaceField.Racer> racers = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void planForBoth() {
    fcm.behave(arrival -> Answer.accepted());
    getui.behave();
    racers.addAll(
        field.register(8, List.of(RaceField.Kind.DEVICE_OFF, RaceField.Kind.ADDRESS_REMOVED)));
    notices.addAll(field.plan(racers, true));
    racers.forEach(this::addFurther);
  }

  @AfterEach
  void forget() {
    fcm.behave(arrival -> Answer.accepted());
    getui.behave();
    field.forget(notices);
    run("DELETE FROM push_account");
  }

  @Test
  void whatTheFirstHasAcceptedGoesToNoOther() {
    drain();
    run("UPDATE delivery SET due_at = now() - interval '1 minute'");
    drain();
    assertThat(racers).allMatch(one -> fcm.to(one.address()).size() == 1);
    assertThat(racers).allMatch(one -> getui.all(cid(one)).isEmpty());
    assertThat(deliveries("state || ' ' || cardinality(passed)")).isEqualTo("ACCEPTED 0");
  }

  @Test
  void anAddressThatIsGoneIsPrunedAloneAndTheNextIsPushedToAtOnce() {
    RaceField.Racer moved = racers.get(0);
    fcm.behave(
        arrival ->
            arrival.address().equals(moved.address())
                ? Answer.error(404, "NOT_FOUND", "UNREGISTERED")
                : Answer.accepted());
    drain();
    drain();
    assertThat(getui.to(cid(moved))).hasSize(1);
    assertThat(getui.to(cid(moved)).get(0).message().toString()).contains(notices.get(0));
    assertThat(fcm.to(moved.address())).hasSize(1);
    assertThat(of(moved, "provider || ' ' || passed::text || ' ' || attempts || ' ' || generation"))
        .isEqualTo("getui {fcm} 2 1");
    assertThat(addresses(moved)).isEqualTo("getui");
    assertThat(racers.subList(1, 8)).allMatch(one -> getui.all(cid(one)).isEmpty());
    assertThat(addresses(racers.get(1))).isEqualTo("fcm getui");
    assertThat(deliveries("state")).isEqualTo("ACCEPTED");
  }

  @Test
  void oneBehindTheFirstThatIsGoneIsPrunedAloneToo() {
    RaceField.Racer both = racers.get(0);
    fcm.behave(arrival -> REFUSED);
    getui.doesNotKnow(cid(both));
    Await.patiently("it was tried at both", () -> drained("attempts > 0", both));
    assertThat(addresses(both)).isEqualTo("fcm");
    assertThat(addresses(racers.get(1))).isEqualTo("fcm getui");
  }

  @Test
  void whatMayHaveBeenTakenMovesWhenTheLeaseIsOverWithTheSameId() {
    String before = Sql.text("SELECT now()");
    fcm.behave(arrival -> Answer.error(503, "UNAVAILABLE"));
    drain();
    assertThat(deliveries("state || ' ' || provider || ' ' || passed::text || ' ' || generation"))
        .isEqualTo("PENDING getui {fcm} 0");
    // By the profile a lease is five seconds, and none of these had begun before.
    assertThat(deliveries("(due_at >= '%s'::timestamptz + interval '5 s')::text".formatted(before)))
        .isEqualTo("true");
    assertThat(racers).allMatch(one -> getui.all(cid(one)).isEmpty());

    run("UPDATE delivery SET due_at = now() WHERE state = 'PENDING'");
    drain();
    assertThat(deliveries("state")).isEqualTo("ACCEPTED");
    for (RaceField.Racer one : racers) {
      assertThat(fcm.to(one.address())).hasSize(1);
      assertThat(getui.to(cid(one))).hasSize(1);
      assertThat(getui.to(cid(one)).get(0).message().toString()).contains(notices.get(0));
    }
  }

  @Test
  void aProviderThatRefusesEverythingIsNotWaitedFor() {
    List<String> later = field.plan(racers, false);
    notices.addAll(later);
    run(
        "UPDATE delivery SET due_at = now() + interval '1 hour' WHERE notice_id = '"
            + later.get(0)
            + "'");
    fcm.behave(arrival -> REFUSED);
    Await.patiently("the first is through", () -> drained("notice_id = '" + notices.get(0) + "'"));
    List<Integer> asked = racers.stream().map(one -> fcm.to(one.address()).size()).toList();

    // FCM is known to refuse everything: what becomes due is not even given to it.
    run("UPDATE delivery SET due_at = now() WHERE notice_id = '" + later.get(0) + "'");
    Await.patiently("the second is through", () -> drained("notice_id = '" + later.get(0) + "'"));
    assertThat(racers.stream().map(one -> fcm.to(one.address()).size()).toList()).isEqualTo(asked);
    assertThat(racers).allMatch(one -> getui.to(cid(one)).size() == 2);
    assertThat(
            Sql.text(
                "SELECT string_agg(DISTINCT passed::text || ' ' || attempts, ',') FROM delivery"
                    + " WHERE notice_id = ?",
                later.get(0)))
        .isEqualTo("{fcm} 1");
  }

  @Test
  void aProviderThatIsSilentForAWhileCostsNoPush() {
    List<RaceField.Racer> more = field.register(32, List.of(RaceField.Kind.DEVICE_OFF));
    notices.addAll(field.plan(more, true));
    more.forEach(this::addFurther);
    racers.addAll(more);
    AtomicInteger taken = new AtomicInteger();
    // From three to seven of ten on.
    fcm.behave(
        arrival -> {
          long all = taken.get() + racers.stream().filter(one -> !taken(one).isEmpty()).count();
          if (all >= 12 && all < 28) {
            return Answer.fault(LoopbackFcm.Fault.SILENCE);
          }
          taken.incrementAndGet();
          return Answer.accepted();
        });
    Await.patiently(
        "all arrive",
        () -> drained("notice_id = ANY ('{%s}')".formatted(String.join(",", notices))));
    for (RaceField.Racer one : racers) {
      // What FCM did not answer for may come twice: the kit drops the repeat by its id.
      assertThat(fcm.to(one.address()).size() + taken(one).size()).isBetween(1, 3);
      assertThat(taken(one)).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(racers).anyMatch(one -> !taken(one).isEmpty());
    assertThat(taken.get()).isPositive();
  }

  private List<LoopbackGetui.Arrival> taken(RaceField.Racer racer) {
    return getui.to(cid(racer));
  }

  @Test
  void anOptOutAndARemovalCoverAllAddresses() {
    racers.forEach(field::forbid);
    drain();
    drain();
    assertThat(racers).allMatch(one -> fcm.to(one.address()).isEmpty());
    assertThat(racers).allMatch(one -> getui.all(cid(one)).isEmpty());
    assertThat(deliveries("state")).isEqualTo("SUPPRESSED");
    assertThat(racers)
        .filteredOn(one -> one.kind() == RaceField.Kind.ADDRESS_REMOVED)
        .hasSize(4)
        .allMatch(one -> addresses(one).isEmpty());
  }

  @Test
  void anOptOutCoversWhatHasMovedOn() {
    fcm.behave(arrival -> Answer.error(503, "UNAVAILABLE"));
    drain();
    assertThat(deliveries("state || ' ' || provider")).isEqualTo("PENDING getui");
    racers.forEach(field::forbid);
    run("UPDATE delivery SET due_at = now() WHERE state = 'PENDING'");
    drain();
    assertThat(deliveries("state")).isEqualTo("SUPPRESSED");
    assertThat(racers).allMatch(one -> getui.all(cid(one)).isEmpty());
  }

  @Test
  void anOptOutCallsBackWhatEachOfBothMayHoldAlsoFromAnAddressThatIsGone() {
    List<RaceField.Racer> off =
        racers.stream().filter(one -> one.kind() == RaceField.Kind.DEVICE_OFF).toList();
    off.forEach(one -> run("UPDATE device SET kit = '1' WHERE id = '" + one.device() + "'"));
    fcm.behave(arrival -> Answer.error(503, "UNAVAILABLE"));
    drain();
    fcm.behave(arrival -> Answer.accepted());
    run("UPDATE delivery SET due_at = now() WHERE state = 'PENDING'");
    drain();
    assertThat(deliveries("state || ' ' || provider")).isEqualTo("ACCEPTED getui");
    RaceField.Racer alone = off.get(0);
    run("DELETE FROM push_address WHERE device_id = '" + alone.device() + "'");

    off.forEach(field::forbid);
    run("UPDATE recall_intent SET made_at = made_at - interval '2 minutes'");
    Await.patiently(
        "both are asked for each",
        () -> {
          run("UPDATE delivery SET recall_at = now() WHERE recall = 'WAITING'");
          await(() -> recalls.run(() -> true));
          return off.stream().noneMatch(one -> fcm.recallsTo(one.address()).isEmpty());
        });
    assertThat(off).hasSize(4);
    for (RaceField.Racer one : off) {
      assertThat(getui.revokedAt(cid(one))).containsOnly(of(one, "accepted_as"));
    }
    assertThat(of(alone, "recall")).isEqualTo(of(off.get(1), "recall"));
  }

  @Test
  void theStatementsOfTheVersionBeforeTakeAllAddressesAndKeepOneOfAProvider() {
    RaceField.Racer removed = racers.get(0);
    RaceField.Racer replaced = racers.get(1);
    run(
        "UPDATE device SET push_provider = NULL, push_kind = NULL, push_sealed = NULL,"
            + " push_index = NULL, push_confirmed_on = NULL WHERE id = '"
            + removed.device()
            + "'");
    assertThat(addresses(removed)).isEmpty();
    run(
        "UPDATE device SET push_provider = 'getui', push_kind = 'CID', push_sealed = '\\x01',"
            + " push_index = sha256('another') WHERE id = '"
            + replaced.device()
            + "'");
    assertThat(addresses(replaced)).isEqualTo("getui");

    RaceField.Racer loser = racers.get(2);
    RaceField.Racer winner = racers.get(3);
    run(
        "UPDATE device SET push_provider = 'getui', push_kind = 'CID', push_sealed = '\\x01',"
            + " push_index = sha256(convert_to('"
            + loser.device()
            + "', 'UTF8')) WHERE id = '"
            + winner.device()
            + "'");
    assertThat(addresses(loser)).as("an address is of one device").isEqualTo("fcm");
    assertThat(addresses(winner)).isEqualTo("getui");
  }

  private void addFurther(RaceField.Racer racer) {
    await(
        database.update(
            ADD_FURTHER,
            racer.device(),
            Buffer.buffer(field.address(racer.device(), cid(racer)).sealed().bytes())));
  }

  private static String cid(RaceField.Racer racer) {
    return "cid" + racer.device();
  }

  /** Providers in the order in which they are tried. */
  private static String addresses(RaceField.Racer of) {
    return Sql.text(
        """
        SELECT concat_ws(' ', device.push_provider,
          (SELECT string_agg(further.provider, ' ' ORDER BY further.preference)
            FROM push_address AS further WHERE further.device_id = device.id))
        FROM device WHERE device.id = ?
        """,
        of.device());
  }

  private String of(RaceField.Racer racer, String what) {
    return Sql.text(
        "SELECT " + what + " FROM delivery WHERE device_id = ? AND notice_id = ?",
        racer.device(),
        notices.get(0));
  }

  /** What the deliveries of the first notice have in common; with commas where they differ. */
  private String deliveries(String what) {
    return Sql.text(
        "SELECT string_agg(DISTINCT " + what + ", ',') FROM delivery WHERE notice_id = ?",
        notices.get(0));
  }

  private boolean drained(String which) {
    drain();
    return Sql.text("SELECT count(*) FROM delivery WHERE state <> 'ACCEPTED' AND " + which)
        .equals("0");
  }

  private boolean drained(String condition, RaceField.Racer racer) {
    drain();
    return of(racer, "(" + condition + ")::text").equals("true");
  }

  private void drain() {
    await(() -> drain.run(Optional.empty(), () -> true));
  }

  private static <T> void await(Supplier<Uni<T>> work) {
    try {
      VertxContextSupport.subscribeAndAwait(work);
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void run(String sql) {
    await(database.update(sql));
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }
}
