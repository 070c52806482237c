package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** When a chain is signed off, and from where it is looked at. */
class SignOffHeadsTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final MemoryChain.Changes changes = new MemoryChain.Changes();
  private final MemoryChain.Reads reads = new MemoryChain.Reads();
  private final HeadBook book = HeadBooks.of(new HeadBooks.Elsewhere(), "key");
  private final Findings findings = new Findings();
  private final SignOffHeads signOff = process();
  private Instant now = NOON;

  @Test
  void aClockThatWasAheadStopsNoSignOff() {
    changes.add(3, now);
    now = NOON.plus(Duration.ofDays(40));
    assertThat(run(signOff)).isEqualTo(2);
    now = NOON;
    assertThat(run(signOff)).as("all is covered by the head of the day to come").isZero();
    now = NOON.plus(DAY);
    changes.add(2, now);
    assertThat(run(signOff)).isOne();
    assertThat(run(process())).as("another process, the same day").isZero();
    assertThat(numbers()).containsExactly(3L, 5L);
  }

  @Test
  void theDayOfAClockThatWasAheadIsSignedOffWhenItComes() {
    now = NOON.plus(Duration.ofDays(2));
    changes.add(1, now);
    run(signOff);
    for (int day = 0; day < 4; day++) {
      now = NOON.plus(Duration.ofDays(day));
      changes.add(1, now);
      run(signOff);
    }
    assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L);
    now = NOON.minus(Duration.ofDays(20));
    changes.add(1, now);
    assertThat(run(process())).as("a clock that is behind").isOne();
  }

  @Test
  void whatARestoredBackupHasLostIsFoundOnceAndWhatComesIsSignedOff() {
    changes.add(4, now);
    run(signOff);
    now = now.plus(DAY);
    changes.add(6, now);
    run(signOff);

    changes.restore(7);
    now = now.plus(DAY);
    assertThat(run(signOff)).isEqualTo(2);
    assertThat(signOff.broken()).isOne();
    List<Verifications.Finding> found = findings.of(changes.chain()).await().indefinitely();
    assertThat(found.get(0).outcome()).isEqualTo(new VerifyAudit.Outcome.Broken(8));
    assertThat(found.get(1).outcome())
        .isInstanceOfSatisfying(
            VerifyAudit.Outcome.Intact.class, intact -> assertThat(intact.entries()).isEqualTo(10));
    assertThat(numbers()).containsExactly(4L, 10L, 7L);
    now = now.plus(DAY);
    changes.add(5, now);
    run(signOff);
    assertThat(signOff.broken()).as("told once").isOne();
    assertThat(numbers()).containsExactly(4L, 10L, 7L, 12L);
    assertThat(new VerifyAudit(book).run(changes).await().indefinitely())
        .as("for good")
        .isEqualTo(new VerifyAudit.Outcome.MadeAnew(5, 10));
  }

  @Test
  void aFindingSaysWhereItsLookBegan() {
    changes.add(4, now);
    run(signOff);
    assertThat(lastFinding().behind()).as("nothing was signed before").isZero();
    now = now.plus(DAY);
    changes.add(6, now);
    run(signOff);
    assertThat(lastFinding().behind()).isEqualTo(4);

    changes.restore(7);
    now = now.plus(DAY);
    run(signOff);
    assertThat(lastFinding().isIntact()).isFalse();
    assertThat(lastFinding().behind()).as("head 10 is lost: from the first entry").isZero();
    // Its own head is 7 again.
    now = now.plus(DAY);
    changes.add(2_000, now);
    run(signOff, pages(1));
    run(signOff);
    assertThat(lastFinding().behind()).as("in two runs").isEqualTo(7);
  }

  private Verifications.Finding lastFinding() {
    return findings.of(changes.chain()).await().indefinitely().get(0);
  }

  @Test
  void theMissingEntriesOfARestoredBackupAreNamedByTheirFirst() {
    changes.add(4, now);
    run(signOff);
    now = now.plus(DAY);
    changes.add(6, now);
    run(signOff);

    changes.restore(7);
    assertThat(sinceLast()).isEqualTo(new VerifyAudit.Outcome.Broken(8));
    // Others came in their place before the next look.
    changes.add(5, now.plusSeconds(1));
    assertThat(sinceLast()).isEqualTo(new VerifyAudit.Outcome.MadeAnew(5, 10));
    // All is gone that was signed off.
    changes.restore(0);
    assertThat(sinceLast()).isEqualTo(new VerifyAudit.Outcome.Broken(1));
  }

  @Test
  void theFirstLookAtALongChainGoesOnWhereTheRunBeforeHasEnded() {
    changes.add(2_500, now);
    assertThat(run(signOff, pages(2))).as("two pages of three").isZero();
    assertThat(changes.pages()).isEqualTo(2);
    assertThat(numbers()).isEmpty();
    assertThat(run(signOff)).isEqualTo(2);
    assertThat(changes.pages()).as("nothing is looked at twice").isEqualTo(1);
    assertThat(numbers()).containsExactly(2_500L);
    assertThat(run(signOff)).isZero();
  }

  private VerifyAudit.Outcome sinceLast() {
    VerifyAudit verify = new VerifyAudit(book);
    VerifyAudit.Walk walk =
        book.of(changes.chain())
            .chain(heads -> verify.fromLast(changes, heads))
            .chain(from -> verify.goOn(changes, from, () -> true))
            .await()
            .indefinitely();
    return ((VerifyAudit.Walk.Over) walk).outcome();
  }

  private List<Long> numbers() {
    return book.of(changes.chain()).await().indefinitely().ours().stream()
        .map(SignedHead::head)
        .map(Head::number)
        .toList();
  }

  private SignOffHeads process() {
    return new SignOffHeads(changes, reads, book, new VerifyAudit(book), findings, () -> now);
  }

  private static long run(SignOffHeads process) {
    return run(process, () -> true);
  }

  private static long run(SignOffHeads process, BooleanSupplier hasTime) {
    return process.run(hasTime).await().indefinitely();
  }

  private static BooleanSupplier pages(int most) {
    int[] left = {most};
    return () -> left[0]-- > 0;
  }

  /** Newest first, and all of them. */
  private static final class Findings implements Verifications {
    private final Map<String, List<Finding>> all = new HashMap<>();

    @Override
    public Uni<Void> keep(String chain, Finding finding) {
      all.computeIfAbsent(chain, unknown -> new ArrayList<>()).add(0, finding);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<List<Finding>> of(String chain) {
      return Uni.createFrom().item(all.getOrDefault(chain, List.of()).stream().limit(2).toList());
    }
  }
}
