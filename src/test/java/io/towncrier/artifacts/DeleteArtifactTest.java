package io.towncrier.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.artifacts.DeleteArtifact.Outcome;
import io.towncrier.artifacts.HostedArtifact.Defect;
import io.towncrier.artifacts.HostedArtifact.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeleteArtifactTest {
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

  @Test
  void onlyWhatNothingNeedsIsDeleted() {
    assertThat(DeleteArtifact.outcome(ready(Optional.empty()), List.of(), NOW))
        .isEqualTo(new Outcome.Deleted());
    assertThat(DeleteArtifact.outcome(ready(Optional.empty()), List.of("p:1"), NOW))
        .isEqualTo(new Outcome.InUse(List.of("p:1")));
  }

  @Test
  void whatASecurityReleaseNeededStaysThoughNothingRefersToItAnyMore() {
    Instant until = NOW.plusSeconds(1);
    assertThat(DeleteArtifact.outcome(ready(Optional.of(until)), List.of(), NOW))
        .isEqualTo(new Outcome.Retained(until));
    assertThat(DeleteArtifact.outcome(ready(Optional.of(until)), List.of(), until))
        .isEqualTo(new Outcome.Deleted());
  }

  @Test
  void bytesThatAreNotThoseThatWereAnnouncedAreADefect() {
    HostedArtifact announced = ready(Optional.empty());
    String right = announced.name().sha256();
    assertThat(Defect.of(announced, new Sums(10, right, "", ""))).isEmpty();
    assertThat(Defect.of(announced, new Sums(11, right, "", ""))).contains(Defect.WRONG_SIZE);
    assertThat(Defect.of(announced, new Sums(10, "b".repeat(64), "", "")))
        .contains(Defect.WRONG_SHA256);
  }

  @Test
  void theLargestArtifactFitsIntoItsParts() {
    int count = Parts.count(Parts.LARGEST);
    assertThat(count).isEqualTo(128);
    assertThat(Parts.offset(count) + Parts.bytes(Parts.LARGEST, count)).isEqualTo(Parts.LARGEST);
    assertThat(Parts.count(1)).isEqualTo(1);
    assertThat(Parts.count(Parts.BYTES)).isEqualTo(1);
    assertThat(Parts.count(Parts.BYTES + 1L)).isEqualTo(2);
    assertThat(Parts.bytes(Parts.BYTES + 1L, 2)).isEqualTo(1);
  }

  private static HostedArtifact ready(Optional<Instant> retainedUntil) {
    return new HostedArtifact(
        "art_x",
        new ArtifactName("a".repeat(64), "r1.img"),
        10,
        List.of("a".repeat(64)),
        State.READY,
        Optional.of(""),
        Optional.empty(),
        new HostedArtifact.Times(NOW, Optional.of(NOW), Optional.empty(), retainedUntil),
        Optional.empty());
  }
}
