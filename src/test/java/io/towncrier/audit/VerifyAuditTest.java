package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyAuditTest {
  private static final Instant AT = Instant.parse("2026-05-04T12:00:00Z");

  @Test
  void aChainAsItWasWrittenIsIntact() {
    List<AuditLog.Stored> chain = chain(5);
    assertThat(verify(chain, head(chain)))
        .isEqualTo(new VerifyAudit.Outcome.Intact(5, chain.get(4).hash(), 0));
    assertThat(verify(List.of(), new AuditLog.Head(0, AuditChain.START)))
        .isEqualTo(new VerifyAudit.Outcome.Intact(0, AuditChain.START, 0));
  }

  @Test
  void anAlteredEntryIsFound() {
    List<AuditLog.Stored> chain = chain(5);
    AuditLog.Head head = head(chain);
    AuditLog.Stored third = chain.get(2);
    chain.set(
        2,
        new AuditLog.Stored(3, new AuditEntry("mallory", "done", "thing", "3", AT), third.hash()));
    assertThat(verify(chain, head)).isEqualTo(new VerifyAudit.Outcome.Broken(3));
  }

  @Test
  void anEntryThatWasAlteredTogetherWithItsHashIsFoundAtTheNext() {
    List<AuditLog.Stored> chain = chain(5);
    AuditLog.Head head = head(chain);
    AuditEntry other = new AuditEntry("mallory", "done", "thing", "3", AT);
    chain.set(2, new AuditLog.Stored(3, other, AuditChain.next(chain.get(1).hash(), 3, other)));
    assertThat(verify(chain, head)).isEqualTo(new VerifyAudit.Outcome.Broken(4));
  }

  @Test
  void aRemovedEntryIsFoundAndSoIsARemovedEnd() {
    List<AuditLog.Stored> chain = chain(5);
    AuditLog.Head head = head(chain);
    AuditLog.Stored last = chain.remove(4);
    assertThat(verify(chain, head)).isEqualTo(new VerifyAudit.Outcome.Broken(5));
    chain.add(last);
    chain.remove(1);
    assertThat(verify(chain, head)).isEqualTo(new VerifyAudit.Outcome.Broken(2));
  }

  @Test
  void twoEntriesThatChangedPlacesAreFound() {
    List<AuditLog.Stored> chain = chain(5);
    AuditLog.Head head = head(chain);
    AuditLog.Stored second = chain.get(1);
    AuditLog.Stored third = chain.get(2);
    Collections.swap(chain, 1, 2);
    assertThat(verify(chain, head)).isEqualTo(new VerifyAudit.Outcome.Broken(2));
    chain.set(1, new AuditLog.Stored(2, third.entry(), second.hash()));
    chain.set(2, new AuditLog.Stored(3, second.entry(), third.hash()));
    assertThat(verify(chain, head)).isEqualTo(new VerifyAudit.Outcome.Broken(2));
  }

  @Test
  void whatComesWhileItIsWalkedDoesNotMatter() {
    List<AuditLog.Stored> chain = chain(5);
    assertThat(verify(chain, new AuditLog.Head(3, chain.get(2).hash())))
        .isInstanceOf(VerifyAudit.Outcome.Intact.class);
  }

  @Test
  void nothingMovesFromOneFieldIntoTheNext() {
    assertThat(AuditChain.next(AuditChain.START, 1, new AuditEntry("ab", "c", "d", "", AT)))
        .isNotEqualTo(AuditChain.next(AuditChain.START, 1, new AuditEntry("a", "bc", "d", "", AT)));
  }

  private static VerifyAudit.Outcome verify(List<AuditLog.Stored> chain, AuditLog.Head head) {
    VerifyAudit.Walk walk =
        VerifyAudit.step(
            new VerifyAudit.Walk.At(new AuditLog.Head(0, AuditChain.START), 0, List.of()),
            chain,
            head);
    return ((VerifyAudit.Walk.Over) walk).outcome();
  }

  private static List<AuditLog.Stored> chain(int length) {
    List<AuditLog.Stored> chain = new ArrayList<>();
    String hash = AuditChain.START;
    for (int number = 1; number <= length; number++) {
      AuditEntry entry = new AuditEntry("olga", "done", "thing", "" + number, AT);
      hash = AuditChain.next(hash, number, entry);
      chain.add(new AuditLog.Stored(number, entry, hash));
    }
    return chain;
  }

  private static AuditLog.Head head(List<AuditLog.Stored> chain) {
    AuditLog.Stored last = chain.get(chain.size() - 1);
    return new AuditLog.Head(last.number(), last.hash());
  }
}
