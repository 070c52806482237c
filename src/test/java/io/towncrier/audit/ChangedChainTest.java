package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.audit.AuditLog.Head;
import io.towncrier.audit.AuditLog.Stored;
import io.towncrier.audit.VerifyAudit.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Deletions, changes and swaps anywhere in a chain are found, at the first entry that they touch.
 */
class ChangedChainTest {
  private static final Instant AT = Instant.parse("2026-05-04T12:00:00Z");
  private static final int LENGTH = 400;
  private static final int SIGNED_EVERY = 50;
  private static final List<Stored> CHAIN = chain();
  private static final List<SignedHead> SIGNED = signed(CHAIN);

  @Test
  void hundredsOfChangesAreFoundAtTheRightEntry() {
    everyChangeIsFound(200);
  }

  @Test
  @Tag("bench")
  void tenThousandChangesAreFoundAtTheRightEntry() {
    everyChangeIsFound(10_000);
  }

  @Test
  void whatWasNotChangedIsIntact() {
    assertThat(verify(CHAIN, headOf(CHAIN), SIGNED))
        .isEqualTo(new Outcome.Intact(LENGTH, headOf(CHAIN).hash(), LENGTH));
  }

  @Test
  void aChainThatWasMadeAnewDoesNotPassTheNextSignedHead() {
    Random random = new Random(11);
    for (int i = 0; i < 100; i++) {
      int at = random.nextInt(LENGTH);
      List<AuditEntry> entries = new ArrayList<>(CHAIN.stream().map(Stored::entry).toList());
      entries.set(at, altered(entries.get(at), random));
      List<Stored> anew = chained(entries);
      int next = at / SIGNED_EVERY * SIGNED_EVERY + SIGNED_EVERY;
      assertThat(verify(anew, headOf(anew), SIGNED))
          .isEqualTo(new Outcome.MadeAnew(next - SIGNED_EVERY + 1, next));
      // Without heads outside of the database nobody would see it.
      assertThat(verify(anew, headOf(anew), List.of())).isInstanceOf(Outcome.Intact.class);
    }
  }

  @Test
  void anEndThatWasTakenAwayIsFoundThoughTheHeadFits() {
    List<Stored> shorter = CHAIN.subList(0, 320);
    assertThat(verify(shorter, headOf(shorter), SIGNED)).isEqualTo(new Outcome.Broken(321));
  }

  @Test
  void aChainThatBeginsBehindASignedHeadIsIntactAndBehindAnotherItIsNot() {
    Head start = SIGNED.get(2).head();
    List<Stored> rest = CHAIN.subList((int) start.number(), LENGTH);
    VerifyAudit.Walk begin = VerifyAudit.begin(start, SIGNED);
    assertThat(over(begin, rest, headOf(CHAIN)))
        .isEqualTo(new Outcome.Intact(LENGTH, headOf(CHAIN).hash(), LENGTH));
    // What was removed without a signed head.
    Head between = new Head(160, CHAIN.get(159).hash());
    assertThat(VerifyAudit.begin(between, SIGNED))
        .isEqualTo(new VerifyAudit.Walk.Over(new Outcome.Broken(160)));
  }

  @Test
  void headsOfEntriesThatABackupHasLostNameAllThatMayBeAnother() {
    List<AuditEntry> entries = new ArrayList<>(CHAIN.stream().map(Stored::entry).toList());
    entries.set(119, altered(entries.get(119), new Random(3)));
    List<Stored> anew = chained(entries);
    // 200 was signed off, then the backup was restored, then 130 was.
    SignedHead since = new SignedHead(new Head(130, anew.get(129).hash()), AT);
    List<SignedHead> signed = List.of(SIGNED.get(0), SIGNED.get(3), since);
    assertThat(verify(anew, headOf(anew), signed)).isEqualTo(new Outcome.MadeAnew(51, 200));
    assertThat(verify(anew, headOf(anew), List.of(SIGNED.get(0), since)))
        .isEqualTo(new Outcome.Intact(LENGTH, headOf(anew).hash(), 130));
  }

  @Test
  void aSegmentIsRemovedOnlyWhenAllOfItIsOld() {
    Instant before = SIGNED.get(3).at().plusSeconds(1);
    assertThat(ForgetOldEntries.signedBefore(SIGNED, before))
        .isEqualTo(SIGNED.subList(0, 4).stream().map(SignedHead::head).toList());
    assertThat(ForgetOldEntries.signedBefore(unordered(), before))
        .containsExactlyInAnyOrderElementsOf(
            SIGNED.subList(0, 4).stream().map(SignedHead::head).toList());
    assertThat(ForgetOldEntries.signedBefore(SIGNED, SIGNED.get(0).at())).isEmpty();
    assertThat(ForgetOldEntries.signedBefore(List.of(), before)).isEmpty();
  }

  @Test
  void aSignedHeadIsReadAsItWasWritten() {
    SIGNED.forEach(head -> assertThat(SignedHead.read(head.text())).isEqualTo(head));
  }

  /** The last one first. */
  private static List<SignedHead> unordered() {
    List<SignedHead> unordered = new ArrayList<>(SIGNED);
    Collections.reverse(unordered);
    return unordered;
  }

  private static void everyChangeIsFound(int times) {
    Random random = new Random(20_261_130);
    for (int i = 0; i < times; i++) {
      List<Stored> chain = new ArrayList<>(CHAIN);
      int first = spoil(chain, i % 3, random);
      assertThat(verify(chain, headOf(CHAIN), SIGNED))
          .as("change %d", i)
          .isEqualTo(new Outcome.Broken(first));
    }
  }

  /** The number of the first entry that is another one afterwards. */
  private static int spoil(List<Stored> chain, int how, Random random) {
    int at = random.nextInt(LENGTH);
    Stored there = chain.get(at);
    switch (how) {
      case 0 -> chain.remove(at);
      case 1 ->
          chain.set(at, new Stored(there.number(), altered(there.entry(), random), there.hash()));
      default -> {
        int other = (at + 1 + random.nextInt(LENGTH - 1)) % LENGTH;
        Stored second = chain.get(other);
        chain.set(at, new Stored(there.number(), second.entry(), second.hash()));
        chain.set(other, new Stored(second.number(), there.entry(), there.hash()));
        return Math.min(at, other) + 1;
      }
    }
    return at + 1;
  }

  /** One field of it is another one. */
  private static AuditEntry altered(AuditEntry entry, Random random) {
    String other = "x" + random.nextInt();
    return switch (random.nextInt(5)) {
      case 0 -> new AuditEntry(other, entry.action(), entry.subject(), entry.detail(), entry.at());
      case 1 -> new AuditEntry(entry.actor(), other, entry.subject(), entry.detail(), entry.at());
      case 2 -> new AuditEntry(entry.actor(), entry.action(), other, entry.detail(), entry.at());
      case 3 -> new AuditEntry(entry.actor(), entry.action(), entry.subject(), other, entry.at());
      default ->
          new AuditEntry(
              entry.actor(),
              entry.action(),
              entry.subject(),
              entry.detail(),
              entry.at().plusMillis(1));
    };
  }

  private static Outcome verify(List<Stored> chain, Head head, List<SignedHead> signed) {
    return over(VerifyAudit.begin(new Head(0, AuditChain.START), signed), chain, head);
  }

  private static Outcome over(VerifyAudit.Walk begin, List<Stored> chain, Head head) {
    VerifyAudit.Walk walk = VerifyAudit.step((VerifyAudit.Walk.At) begin, chain, head);
    return ((VerifyAudit.Walk.Over) walk).outcome();
  }

  private static Head headOf(List<Stored> chain) {
    Stored last = chain.get(chain.size() - 1);
    return new Head(last.number(), last.hash());
  }

  private static List<Stored> chain() {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      entries.add(new AuditEntry("olga", "done", "thing" + i, "because " + i, AT.plusMillis(i)));
    }
    return chained(entries);
  }

  private static List<Stored> chained(List<AuditEntry> entries) {
    List<Stored> chain = new ArrayList<>();
    String hash = AuditChain.START;
    for (int i = 0; i < entries.size(); i++) {
      hash = AuditChain.next(hash, i + 1, entries.get(i));
      chain.add(new Stored(i + 1, entries.get(i), hash));
    }
    return chain;
  }

  private static List<SignedHead> signed(List<Stored> chain) {
    List<SignedHead> signed = new ArrayList<>();
    for (int number = SIGNED_EVERY; number <= LENGTH; number += SIGNED_EVERY) {
      Instant day = AT.plus(Duration.ofDays(number / SIGNED_EVERY));
      signed.add(new SignedHead(new Head(number, chain.get(number - 1).hash()), day));
    }
    return signed;
  }
}
