package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.audit.HeadBooks.Elsewhere;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadBookTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final SignedHead FIRST = head(3, NOON);
  private static final SignedHead SECOND = head(12, NOON.plus(Duration.ofDays(1)));

  private final Elsewhere place = new Elsewhere();
  private final HeadBook book = HeadBooks.of(place, "key");

  @Test
  void aHeadIsReadAsItWasKeptAndTheFirstOfADayStays() {
    keep(FIRST);
    keep(head(9, NOON.plusSeconds(60)));
    place.slowBy(3);
    keep(SECOND);
    assertThat(heads()).isEqualTo(new HeadBook.Heads(List.of(FIRST, SECOND), List.of(), false));
    assertThat(book.of("reads").await().indefinitely().ours()).isEmpty();
    place.slowBy(10);
    assertThatThrownBy(() -> keep(head(20, NOON.plus(Duration.ofDays(2)))))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "12", "12 abc 2026-05-05T12:00:00Z key-0", "%s0", "4%s"})
  void aLineThatWasAlteredIsForeignAndTheOthersCount(String form) {
    keep(FIRST);
    keep(SECOND);
    List<String> lines = new ArrayList<>(place.lines("changes"));
    lines.set(1, form.formatted(lines.get(1)));
    place.put("changes", lines);
    assertThat(heads()).isEqualTo(new HeadBook.Heads(List.of(FIRST), List.of(2), true));
    keep(head(20, NOON.plus(Duration.ofDays(2))));
    assertThat(heads().foreign()).as("for good").containsExactly(2);
    assertThat(heads().endsForeign()).as("told once").isFalse();
  }

  @Test
  void aHeadThatAnotherKeySignedAndOneOfTheOtherChainAreForeign() {
    HeadBooks.of(place, "other").keep("changes", FIRST).await().indefinitely();
    assertThat(heads().foreign()).containsExactly(1);
    book.keep("reads", FIRST).await().indefinitely();
    place.put("changes", place.lines("reads"));
    assertThat(heads().foreign()).containsExactly(1);
  }

  @Test
  void whatAFormerKeySignedIsSignedAnewBeforeItEnds() {
    keep(FIRST);
    keep(SECOND);
    List<String> lines = new ArrayList<>(place.lines("changes"));
    lines.add("of somebody else");
    place.put("changes", lines);
    HeadBook both = HeadBooks.of(place, "next", "key");
    HeadBook after = HeadBooks.of(place, "next");
    assertThat(both.of("changes").await().indefinitely().ours()).containsExactly(FIRST, SECOND);
    // Without it they would all be those of a stranger.
    assertThat(after.of("changes").await().indefinitely().ours()).isEmpty();
    both.signAnew().await().indefinitely();
    assertThat(after.of("changes").await().indefinitely())
        .isEqualTo(new HeadBook.Heads(List.of(FIRST, SECOND), List.of(3), true));
  }

  private void keep(SignedHead head) {
    book.keep("changes", head).await().indefinitely();
  }

  private HeadBook.Heads heads() {
    return book.of("changes").await().indefinitely();
  }

  private static SignedHead head(long number, Instant at) {
    return new SignedHead(new AuditLog.Head(number, "a".repeat(64)), at);
  }
}
