package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.audit.VerifyAudit.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain of more entries than a page is walked to its end, and a change is found on any page. */
class LongChainTest {
  private static final Instant AT = Instant.parse("2026-05-04T12:00:00Z");
  private static final int LENGTH = 2_500;

  private final MemoryChain.Changes chain = new MemoryChain.Changes();
  private final HeadBook book = HeadBooks.empty();

  @BeforeEach
  void fill() {
    chain.add(LENGTH, AT);
  }

  @Test
  void itIsReadInPagesAndIsIntact() {
    sign(1_000, AT);
    sign(2_200, AT.plusSeconds(90_000));
    assertThat(verify()).isEqualTo(new Outcome.Intact(LENGTH, chain.end().hash(), 2_200));
    assertThat(chain.pages()).isEqualTo(3);
    // The last page is full.
    chain.restore(2_200);
    chain.add(800, AT);
    assertThat(verify()).isEqualTo(new Outcome.Intact(3_000, chain.end().hash(), 2_200));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 2_499})
  void anEntryThatWasAlteredOrRemovedIsFound(int number) {
    chain.alter(number);
    assertThat(verify()).isEqualTo(new Outcome.Broken(number));
    chain.remove(number);
    assertThat(verify()).isEqualTo(new Outcome.Broken(number));
  }

  @Test
  void anEndThatWasTakenAwayOrMadeAnewIsFoundBehindTheFirstPage() {
    sign(1_000, AT);
    sign(2_000, AT.plusSeconds(90_000));
    chain.restore(1_500);
    assertThat(verify()).isEqualTo(new Outcome.Broken(1_501));
    chain.add(1_000, AT.plusSeconds(1));
    assertThat(verify()).isEqualTo(new Outcome.MadeAnew(1_001, 2_000));
  }

  private void sign(long number, Instant at) {
    book.keep(chain.chain(), new SignedHead(chain.headAt(number), at)).await().indefinitely();
  }

  private Outcome verify() {
    return new VerifyAudit(book).run(chain).await().indefinitely();
  }
}
