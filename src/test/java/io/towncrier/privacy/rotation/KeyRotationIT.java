package io.towncrier.privacy.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.audit.ChainLog;
import io.towncrier.audit.HeadBook;
import io.towncrier.audit.SignedHead;
import io.towncrier.audit.SignedHeads;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.address.QuestionStore;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.KeyCheck;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.OpenKeys;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The keys are rotated while the service runs, and everything is found all the time. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class KeyRotationIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration PRUNE_AFTER = Duration.ofDays(270);

  @Inject RotationStore store;
  @Inject HeadBook heads;
  @Inject SignedHeads place;
  @Inject LiveKeys live;
  @Inject OpenKeys open;
  @Inject KeyCheck check;
  @Inject ChangeKeys change;
  @Inject Vault vault;
  @Inject AccountStore accounts;
  @Inject QuestionStore questions;
  @Inject Transactions transactions;

  private final String user = Tokens.user("rotated-" + UUID.randomUUID());
  private final String address = "tok-" + UUID.randomUUID();
  private final String identifier = "serial-" + UUID.randomUUID();
  private Duration later = Duration.ZERO;

  @BeforeEach
  void nothingOfOtherTests() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    Sql.run("DELETE FROM push_proof");
    Sql.run(
        "UPDATE device SET push_provider = NULL, push_kind = NULL, push_sealed = NULL,"
            + " push_index = NULL WHERE push_sealed IS NOT NULL");
  }

  @Test
  void everythingIsFoundInEachPhaseAndNothingIsLeftOnTheFormerKeys() {
    int former = live.written().version();
    Api.Registered phone = Api.register(Map.of("identifier", identifier, "ecv", "e"));
    Api.Registered silent = Api.phone("en");
    Api.Registered late = Api.phone("en");
    phone.pushTo(address);
    Api.as(user).body(Map.of("push", false)).put("/v1/me/notification-alerts");
    String account = Sql.text("SELECT max(account.id) FROM account");
    String lateAddress = "tok-" + UUID.randomUUID();
    late.propose(lateAddress).then().statusCode(202);
    SignedHead signed =
        new SignedHead(new AuditLog.Head(1, "a".repeat(64)), Instant.parse("2020-01-01T00:00:00Z"));
    noKeyOpensForProcessors(former);
    await(heads.keep("rotated", signed));
    await(heads.keep(ChainLog.READS, signed));

    assertThat(await(change.rotate())).isTrue();
    assertThat(await(change.rotate())).as("one at a time").isFalse();
    look();
    found(phone, silent, late);
    run();
    assertThat(phase()).isEqualTo(Rotation.Phase.ANNOUNCED);
    after(Duration.ofMinutes(3));
    assertThat(phase()).as("an address waits").isEqualTo(Rotation.Phase.ANNOUNCED);
    late.echo(newest(lateAddress)).then().statusCode(204);
    addFurther(late);
    run();
    assertThat(phase()).isEqualTo(Rotation.Phase.SWITCHED);
    look();
    assertThat(live.written().version()).isEqualTo(former + 1);
    found(phone, silent, late);

    // Of the former version in the row, of the next one in the proof; and the other way round.
    Api.Registered taker = Api.phone("en");
    taker.pushTo(address);
    holds(taker, phone);
    phone.pushTo(address);
    holds(phone, taker);
    assertThat(addresses()).doesNotHaveDuplicates();

    after(Duration.ofMinutes(6));
    assertThat(phase()).isEqualTo(Rotation.Phase.WAITING);
    assertThat(onVersion("device", "push_sealed", former)).isZero();
    assertThat(onVersion("push_address", "sealed", former)).isZero();
    assertThat(onVersion("push_address", "sealed", former + 1)).isOne();
    assertThat(onVersion("account", "subject_sealed", former)).isZero();
    assertThat(addresses()).contains(address, lateAddress).doesNotHaveDuplicates();
    found(phone, silent, late);
    assertThat(Sql.text("SELECT max(account.id) FROM account")).isEqualTo(account);
    taker.pushTo(address);
    holds(taker, phone);
    broughtAnew(phone, former);

    heldFor(former);
    after(PRUNE_AFTER);
    after(Duration.ofMinutes(3));
    assertThat(await(store.find())).as("a push to such an address may be held").isPresent();
    Sql.run("UPDATE held_push SET held_until = now() WHERE device_id = 'dev_held'");
    after(Duration.ofMinutes(3));
    assertThat(await(store.find())).isEmpty();
    Sql.run("DELETE FROM held_push WHERE device_id = 'dev_held'");
    look();
    assertThat(live.all()).hasSize(1);
    // Of a chain that nobody knows nobody signs the heads anew.
    assertThat(await(heads.of("rotated")).foreign()).containsExactly(1);
    assertThat(await(heads.of(ChainLog.READS)).ours()).contains(signed);
    List<String> lines = place.lines(ChainLog.READS);
    place.replace(
        ChainLog.READS, lines, lines.stream().filter(line -> !line.contains("aaaaaa")).toList());
    Sql.run("DELETE FROM processor_erasure WHERE device_id = 'dev_unreadable'");
    phone.as().get(phone.path("")).then().statusCode(200);
    silent.as().get(silent.path("")).then().statusCode(401);
    assertThat(addresses()).contains(address, lateAddress);
  }

  @Test
  void aProcessThatDoesNotKnowTheVersionsMovesNoAddress() {
    Api.Registered phone = Api.phone("en");
    phone.propose(address).then().statusCode(202);
    Sql.run("UPDATE key_ring SET revision = key_ring.revision + 1");

    phone
        .echo(newest(address))
        .then()
        .statusCode(503)
        .body("code", equalTo("database-unavailable"));
    phone.as().get(phone.path("")).then().body("pushAddress", equalTo(false));
    phone.echo(newest(address)).then().statusCode(204);
  }

  @Test
  void ofTwoWhoMakeAnAccountUnderTwoVersionsOneDoes() {
    for (int i = 0; i < 20; i++) {
      byte[] one = random();
      byte[] other = random();
      Uni<String> first = account(new Indexes(List.of(one, other)));
      Uni<String> second = account(new Indexes(List.of(other, one)));
      assertThat(await(Uni.join().all(List.of(first, second)).usingConcurrencyOf(2).andFailFast()))
          .as("the account")
          .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(1));
    }
    Sql.run("DELETE FROM account WHERE account.subject_sealed = ''");
  }

  @Test
  void theLimitOfChallengesToAnAddressIsNotDoubledByARotation() {
    byte[] former = random();
    for (int i = 0; i < 3; i++) {
      assertThat(challenge(Indexes.only(former))).isEmpty();
    }
    assertThat(challenge(new Indexes(List.of(random(), former)))).isPresent();
    assertThat(challenge(Indexes.only(random()))).isEmpty();
  }

  /** Gives it another address, of Getui, behind its first. */
  private static void addFurther(Api.Registered phone) {
    Sql.run(
        """
        INSERT INTO push_address (device_id, provider, preference, kind, sealed, address_index,
          confirmed_on)
        SELECT device.id, 'getui', 2, 'CID', device.push_sealed, sha256(device.push_index),
          device.push_confirmed_on
        FROM device WHERE device.id = ?
        """,
        phone.id());
  }

  /** It keeps no version alive: it has been set aside. */
  private static void noKeyOpensForProcessors(int version) {
    Sql.run(
        "INSERT INTO processor_erasure"
            + " (processor, kind, device_id, push_sealed, next_try_at, closed_since)"
            + " VALUES ('fcm', 'TOKEN', 'dev_unreadable', decode(? || repeat('00', 40), 'hex'),"
            + " 'infinity', now())",
        HexFormat.of().formatHex(SealedForm.beginning(version)));
  }

  /** The address that a push went to, of a device that has lost it: nobody seals it anew. */
  private static void heldFor(int version) {
    Sql.run(
        "INSERT INTO held_push (notice_id, device_id, provider, kind, sealed, by_app, held_until)"
            + " VALUES ('ntc_held', 'dev_held', 'fcm', 'TOKEN',"
            + " decode(? || repeat('00', 40), 'hex'), false, 'infinity')",
        HexFormat.of().formatHex(SealedForm.beginning(version)));
  }

  /** For another device each time. */
  private Optional<Duration> challenge(Indexes address) {
    return await(
        transactions.inTransaction(
            () ->
                questions.count(
                    Ids.next("dev"), address, false, 3, InstantSource.system().instant())));
  }

  private Uni<String> account(Indexes index) {
    return transactions.inTransaction(
        () ->
            accounts.findOrCreate(
                index, new AccountStore.Fresh(Ids.next("acc"), new Sealed(new byte[0]))));
  }

  private static byte[] random() {
    return HexFormat.of().parseHex(UUID.randomUUID().toString().replace("-", ""));
  }

  /** What a device or an app brings anew is kept under the next version from then on. */
  private void broughtAnew(Api.Registered phone, int former) {
    Sql.run("UPDATE device SET last_seen_on = current_date - 1 WHERE device.id = ?", phone.id());
    phone.as().body(Map.of()).post(phone.path("/check")).then().statusCode(200);
    String secret = hex(phone, "secret_index");
    assertThat(secret).startsWith("01%08x".formatted(former + 1));
    phone.as().get(phone.path("")).then().statusCode(200);

    phone.as().body(Map.of("push", false)).put(phone.path("/notification-alerts"));
    Api.Registered again = Api.register(Map.of("identifier", identifier, "ecv", "e"));
    assertThat(hex(again, "identifier_index"))
        .startsWith("01%08x".formatted(former + 1))
        .isEqualTo(hex(phone, "identifier_index"));
    assertThat(hex(again, "ecv_index")).isEqualTo(hex(phone, "ecv_index"));
    again.as().get(again.path("/notification-alerts")).then().body("push", equalTo(false));
  }

  private void found(Api.Registered... devices) {
    for (Api.Registered device : devices) {
      device.as().get(device.path("")).then().statusCode(200);
    }
    Api.as(user).get("/v1/me/notification-alerts").then().body("push", equalTo(false));
  }

  private static void holds(Api.Registered holder, Api.Registered other) {
    holder.as().get(holder.path("")).then().body("pushAddress", equalTo(true));
    other.as().get(other.path("")).then().body("pushAddress", equalTo(false));
  }

  /** Every address that a device has, opened. */
  private List<String> addresses() {
    String rows =
        Sql.text(
            "SELECT string_agg(device.id || ' ' || encode(device.push_sealed, 'hex'), ',')"
                + " FROM device WHERE device.push_sealed IS NOT NULL");
    return List.of(rows.split(",", -1)).stream()
        .map(row -> row.split(" ", -1))
        .map(
            row ->
                vault.open(
                    new Sealed(HexFormat.of().parseHex(row[1])),
                    new Place("device", "push_sealed", row[0])))
        .map(Secret::reveal)
        .toList();
  }

  private static long onVersion(String table, String column, int version) {
    return Long.parseLong(
        Sql.text(
            "SELECT count(*) FROM %s WHERE encode(%s, 'hex') LIKE '0201%08x%%'"
                .formatted(table, column, version)));
  }

  private static String hex(Api.Registered device, String column) {
    return Sql.text(
        "SELECT encode(%s, 'hex') FROM device WHERE device.id = ?".formatted(column), device.id());
  }

  private static String newest(String address) {
    List<String> pushed = LoopbackFcm.running().challengesTo(address);
    return pushed.get(pushed.size() - 1);
  }

  private void after(Duration time) {
    later = later.plus(time);
    run();
  }

  private void run() {
    InstantSource clock = () -> InstantSource.system().instant().plus(later);
    await(
        new RotateKeys(store, new ResealPage(store, live, heads), open, live, transactions, clock)
            .run(() -> true, PRUNE_AFTER));
  }

  private Rotation.Phase phase() {
    return await(store.find()).orElseThrow().phase();
  }

  private void look() {
    await(check.look());
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }
}
