package io.towncrier.releases.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReorderedTest {
  @Test
  void aHotfixWithALetterHasMovedBehindItsBase() {
    assertThat(Reordered.of(List.of("2.1", "2.1b", "2.0", "no version")))
        .contains(new Reordered(List.of("2.0", "2.1b", "2.1"), List.of("2.0", "2.1", "2.1b")));
  }

  @Test
  void aCandidateWithTheLetterCHasMovedBeforeIt() {
    assertThat(Reordered.of(List.of("3.0", "3.0c1")))
        .contains(new Reordered(List.of("3.0", "3.0c1"), List.of("3.0c1", "3.0")));
  }

  @Test
  void twoTextsThatWereOneVersionAndAreTwoNowCount() {
    assertThat(Reordered.of(List.of("3.0-b.1", "3.0-b1"))).isPresent();
  }

  @Test
  void anOrderThatIsAsItWasIsNotListed() {
    assertThat(Reordered.of(List.of())).isEmpty();
    assertThat(
            Reordered.of(
                List.of("1.0-rc1", "1.0", "1.0a1", "1.0d", "1.0p1", "1.0_build2", "v1.0", "1.0.1")))
        .isEmpty();
    assertThat(Reordered.of(List.of("1.0a", "1.0b", "2.0"))).isEmpty();
  }
}
