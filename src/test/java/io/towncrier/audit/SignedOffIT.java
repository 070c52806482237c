package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heads are signed off outside of the database, and entries past their time go behind one. */
@QuarkusTest
class SignedOffIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Instant FIRST_DAY = Instant.parse("2031-03-30T23:59:50Z");

  @Inject AuditLog changes;
  @Inject ReadLog reads;
  @Inject AuditReads note;
  @Inject HeadBook kept;
  @Inject SignedHeads place;
  @Inject Verifications verifications;

  private final HeadBooks.Elsewhere elsewhere = new HeadBooks.Elsewhere();
  private final HeadBook book = HeadBooks.of(elsewhere, "key");
  private final String subject = "thing-" + UUID.randomUUID();
  private Instant now = FIRST_DAY;

  /** Another test may have let the chain begin later. */
  @BeforeEach
  void beginWhereTheChainsDo() {
    // Days of another test may be later than ours.
    Sql.run("DELETE FROM audit_verification");
    for (ChainLog chain : List.of(changes, reads)) {
      AuditLog.Head start = chain.start().await().atMost(SOON);
      if (start.number() > 0) {
        keep(chain.chain(), new SignedHead(start, Instant.parse("2020-01-01T00:00:00Z")));
      }
    }
  }

  @Test
  void eachChainIsSignedOffOnceADay() {
    int before = heads().size();
    append(3);
    SignOffHeads signOff = signOff();
    assertThat(signOff.run(() -> true).await().atMost(SOON)).isEqualTo(2);
    assertThat(signOff().run(() -> true).await().atMost(SOON))
        .as("another process, the same day")
        .isZero();
    append(1);
    now = now.plusSeconds(20);
    assertThat(signOff.run(() -> true).await().atMost(SOON)).as("the next day").isEqualTo(2);
    List<SignedHead> heads = heads();
    assertThat(heads).hasSize(before + 2);
    assertThat(heads.get(before + 1).head()).isEqualTo(reads.head().await().atMost(SOON));
    assertThat(heads.get(before + 1).head().number())
        .isEqualTo(heads.get(before).head().number() + 1);
    assertThat(signOff.broken()).isZero();

    SignedHead last = heads.get(before + 1);
    Verifications.Finding finding = verifications.of("reads").await().atMost(SOON).get(0);
    assertThat(finding.at()).as("the last look").isEqualTo(now);
    assertThat(finding.behind())
        .as("from the head of the day before")
        .isEqualTo(heads.get(before).head().number());
    assertThat(finding.outcome())
        .isEqualTo(
            new VerifyAudit.Outcome.Intact(
                last.head().number(), last.head().hash(), finding.behind()));
    Api.operator()
        .get("/v1/admin/audit/last-verification")
        .then()
        .statusCode(200)
        .body("chains.chain", equalTo(List.of("changes", "reads")))
        .body("chains[1].last.at", equalTo(now.toString()))
        .body("chains[1].last.behind", equalTo((int) finding.behind()))
        .body("chains[1].last.verification.intact", equalTo(true))
        .body("chains[1].last.verification.entries", equalTo((int) last.head().number()))
        .body("chains[1].last.verification.head", equalTo(last.head().hash()));
  }

  @Test
  void theApiTellsTheHeadThatWasSignedOffLast() {
    append(1);
    AuditLog.Head head = reads.head().await().atMost(SOON);
    SignedHead last = new SignedHead(head, Instant.parse("2031-12-31T00:00:00Z"));
    List<String> lines = place.lines("reads");
    kept.keep("reads", last).await().atMost(SOON);
    try {
      Api.operator()
          .get("/v1/admin/audit/last-verification")
          .then()
          .body("chains[1].signedHead.number", equalTo((int) head.number()))
          .body("chains[1].signedHead.hash", equalTo(head.hash()))
          .body("chains[1].signedHead.at", equalTo("2031-12-31T00:00:00Z"));
    } finally {
      place.replace("reads", place.lines("reads"), lines);
    }
  }

  @Test
  void whatWasAlteredSinceTheDayBeforeIsFoundAndNamed() throws SQLException {
    append(5);
    SignOffHeads signOff = signOff();
    signOff.run(() -> true).await().atMost(SOON);
    append(5);
    long altered = reads.head().await().atMost(SOON).number() - 2;
    String was = Sql.text("SELECT detail FROM read_entry WHERE number = " + altered);
    behindTheTriggers("UPDATE read_entry SET detail = 'other' WHERE number = " + altered);
    try {
      now = now.plus(Duration.ofDays(1));
      signOff.run(() -> true).await().atMost(SOON);
      assertThat(signOff.broken()).isEqualTo(1);
      assertThat(verify()).isEqualTo(new VerifyAudit.Outcome.Broken(altered));
      assertThat(verifications.of("reads").await().atMost(SOON).get(0).outcome())
          .isEqualTo(new VerifyAudit.Outcome.Broken(altered));
      Api.operator()
          .get("/v1/admin/audit/reads/verification")
          .then()
          .statusCode(200)
          .body("intact", equalTo(false), "brokenAt", equalTo((int) altered));
    } finally {
      behindTheTriggers("UPDATE read_entry SET detail = '" + was + "' WHERE number = " + altered);
    }
    assertThat(verify()).isInstanceOf(VerifyAudit.Outcome.Intact.class);
    Api.operator().get("/v1/admin/audit/verification").then().body("intact", equalTo(true));
    // What was found once stays, beside the look of the next day.
    now = now.plus(Duration.ofDays(1));
    signOff().run(() -> true).await().atMost(SOON);
    assertThat(verifications.of("reads").await().atMost(SOON))
        .extracting(Verifications.Finding::isIntact)
        .containsExactly(true, false);
    Api.operator()
        .get("/v1/admin/audit/last-verification")
        .then()
        .body("chains[1].last.verification.intact", equalTo(true))
        .body("chains[1].lastBroken.verification.brokenAt", equalTo((int) altered));
  }

  @Test
  void entriesPastTheirTimeGoBehindASignedHeadAndTheVerifierBeginsThere() {
    append(4);
    signOff().run(() -> true).await().atMost(SOON);
    AuditLog.Head head = reads.head().await().atMost(SOON);
    append(3);
    assertThatThrownBy(() -> Sql.run("DELETE FROM read_entry WHERE number = " + head.number()))
        .hasMessageContaining("not removed before their time");

    now = now.plus(Duration.ofDays(1094));
    forget();
    assertThat(first()).as("not a day too early").isLessThanOrEqualTo(head.number());
    now = now.plus(Duration.ofDays(2));
    forget();
    assertThat(first()).isEqualTo(head.number() + 1);
    assertThat(reads.start().await().atMost(SOON)).isEqualTo(head);
    assertThat(verify()).isInstanceOf(VerifyAudit.Outcome.Intact.class);
    // Who removes entries without a head that was signed off is found.
    elsewhere.put("reads", List.of());
    assertThat(verify()).isEqualTo(new VerifyAudit.Outcome.Broken(head.number()));
    // The running service has heads of its own; this one is added.
    kept.keep("reads", new SignedHead(head, FIRST_DAY)).await().atMost(SOON);
  }

  @Test
  void aHeadThatAClockSignedThatWasBehindRemovesNothingThatIsYoung() throws SQLException {
    append(4);
    AuditLog.Head old = reads.head().await().atMost(SOON);
    append(3);
    AuditLog.Head young = reads.head().await().atMost(SOON);
    behindTheTriggers(
        "UPDATE read_entry SET at = '2020-01-01T00:00:00Z' WHERE number IN (%d, %d)"
            .formatted(first(), old.number()));
    keep("reads", new SignedHead(old, Instant.parse("2020-01-02T00:00:00Z")));
    keep("reads", new SignedHead(young, Instant.parse("2020-01-03T00:00:00Z")));
    now = Instant.parse("2020-01-04T00:00:00Z").plus(Duration.ofDays(1095));
    forget();
    assertThat(reads.start().await().atMost(SOON)).isEqualTo(old);
    assertThat(first()).isEqualTo(old.number() + 1);
    assertThat(verify()).isInstanceOf(VerifyAudit.Outcome.Intact.class);
    kept.keep("reads", new SignedHead(old, FIRST_DAY.plus(Duration.ofDays(10))))
        .await()
        .atMost(SOON);
  }

  @Test
  void anEndThatWasTakenAwayAndAnotherHeadInItsPlaceAreFound() throws SQLException {
    append(6);
    signOff().run(() -> true).await().atMost(SOON);
    AuditLog.Head head = reads.head().await().atMost(SOON);
    long third = head.number() - 3;
    String hash = Sql.text("SELECT hash FROM read_entry WHERE number = " + third);
    behindTheTriggers("CREATE TABLE kept_away AS SELECT * FROM read_entry WHERE number > " + third);
    try {
      behindTheTriggers("DELETE FROM read_entry WHERE number > " + third);
      behindTheTriggers("UPDATE read_head SET number = %d, hash = '%s'".formatted(third, hash));
      assertThat(verify()).isEqualTo(new VerifyAudit.Outcome.Broken(third + 1));
    } finally {
      behindTheTriggers("INSERT INTO read_entry SELECT * FROM kept_away");
      behindTheTriggers("DROP TABLE kept_away");
      behindTheTriggers(
          "UPDATE read_head SET number = %d, hash = '%s'".formatted(head.number(), hash));
    }
    assertThat(verify())
        .as("another hash at the end")
        .isEqualTo(new VerifyAudit.Outcome.Broken(head.number()));
    behindTheTriggers("UPDATE read_head SET hash = '" + head.hash() + "'");
    assertThat(verify()).isInstanceOf(VerifyAudit.Outcome.Intact.class);
  }

  @Test
  void aHeadThatWasReplacedAndOneThatAnotherKeySignedAreFound() {
    append(3);
    signOff().run(() -> true).await().atMost(SOON);
    List<String> lines = elsewhere.lines("reads");
    List<String> other = new ArrayList<>(lines);
    other.set(lines.size() - 1, "1" + lines.get(lines.size() - 1));
    elsewhere.put("reads", other);
    assertThat(verify()).isEqualTo(new VerifyAudit.Outcome.ForeignHead(lines.size()));

    elsewhere.put("reads", lines.subList(0, lines.size() - 1));
    SignedHead fits = new SignedHead(reads.head().await().atMost(SOON), now);
    HeadBooks.of(elsewhere, "stranger").keep("reads", fits).await().atMost(SOON);
    assertThat(verify()).isEqualTo(new VerifyAudit.Outcome.ForeignHead(lines.size()));
    now = now.plus(Duration.ofDays(1));
    SignOffHeads next = signOff();
    next.run(() -> true).await().atMost(SOON);
    assertThat(next.broken()).as("an alarm rings, once").isEqualTo(1);
    now = now.plus(Duration.ofDays(1));
    next.run(() -> true).await().atMost(SOON);
    assertThat(next.broken()).isEqualTo(1);
  }

  @Test
  void theServiceSignsWithItsKeysAndSaysInItsAnswerWhatIsForeign() {
    append(2);
    AuditLog.Head head = reads.head().await().atMost(SOON);
    Instant otherDay = FIRST_DAY.minus(Duration.ofDays(10));
    kept.keep("reads", new SignedHead(head, otherDay)).await().atMost(SOON);
    assertThat(kept.of("reads").await().atMost(SOON).ours())
        .extracting(SignedHead::head)
        .contains(head);
    List<String> lines = place.lines("reads");
    // The last one alone: the chain may begin behind a former one, by another test.
    List<String> other = new ArrayList<>(lines);
    other.set(lines.size() - 1, lines.get(lines.size() - 1) + "0");
    assertThat(place.replace("reads", lines, other)).isTrue();
    Api.operator()
        .get("/v1/admin/audit/reads/verification")
        .then()
        .statusCode(200)
        .body("intact", equalTo(false), "foreignHead", equalTo(lines.size()));
    assertThat(place.replace("reads", other, lines)).isTrue();
    Api.operator().get("/v1/admin/audit/reads/verification").then().body("intact", equalTo(true));
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      note.note(new AuditReads.Read("olga", "device.read", subject, "because " + i))
          .await()
          .atMost(SOON);
    }
    note.chain(() -> true).await().atMost(SOON);
  }

  private SignOffHeads signOff() {
    InstantSource clock = () -> now;
    return new SignOffHeads(changes, reads, book, new VerifyAudit(book), verifications, clock);
  }

  private void forget() {
    // Other tests look at the other chain.
    elsewhere.put("changes", List.of());
    ForgetOldEntries forget = new ForgetOldEntries(changes, reads, book);
    Instant before = now.minus(Duration.ofDays(1095));
    while (forget.removeBefore(before, 100).await().atMost(SOON) > 0) {
      assertThat(first()).isPositive();
    }
  }

  private VerifyAudit.Outcome verify() {
    return new VerifyAudit(book).run(reads).await().atMost(SOON);
  }

  private void keep(String chain, SignedHead head) {
    book.keep(chain, head).await().atMost(SOON);
  }

  private List<SignedHead> heads() {
    return book.of("reads").await().atMost(SOON).ours();
  }

  private static long first() {
    return Long.parseLong(Sql.text("SELECT min(number) FROM read_entry"));
  }

  private static void behindTheTriggers(String statement) throws SQLException {
    try (Connection connection = Sql.connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SET session_replication_role = replica");
      sql.execute(statement);
    }
  }
}
