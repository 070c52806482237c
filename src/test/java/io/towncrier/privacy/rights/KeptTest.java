package io.towncrier.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.privacy.classification.Classification;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plain words are there for everything that is kept of a person. */
@Tag("zoneless")
class KeptTest {
  @Test
  void eachTableOfPeopleHasItsWords() {
    assertThat(Arrays.stream(Kept.values()).map(Kept::table))
        .containsExactlyInAnyOrderElementsOf(Classification.own().tablesOfPeople());
    assertThat(Kept.values())
        .allSatisfy(
            kept -> {
              assertThat(kept.words()).endsWith(".");
              assertThat(kept.purposes()).isNotEmpty();
              assertThat(kept.retention()).isNotEmpty();
            });
  }
}
