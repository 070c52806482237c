package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Release;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.releases.version.VersionScheme;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private static final VersionRange BEFORE_3 = range(null, null, "3.0");
  private static final List<String> ASKED =
      List.of("0.9", "1.0", "v1.0", "1.5", "2.0", "2.9", "3.0-rc1", "3.0", "3.0.1", "4.0", "9.0");

  private final Positions positions = of(BEFORE_3, "1.0", "2.0", "4.0");

  @Test
  void positionsAreOrderedAsVersionsAre() {
    for (String one : ASKED) {
      for (String other : ASKED) {
        int order = Integer.signum(version(one).compareTo(version(other)));
        int position = Integer.compare(positions.of(one), positions.of(other));
        // What lies between the same two versions that are named shares a position.
        if (position != 0) {
          assertThat(position).as("%s and %s", one, other).isEqualTo(order);
        }
      }
    }
    assertThat(ASKED.stream().map(positions::of)).isSorted();
    assertThat(positions.of("v1.0")).isEqualTo(positions.of("1.0"));
    assertThat(positions.of("1.5")).isNotIn(positions.of("1.0"), positions.of("2.0"));
  }

  @Test
  void aTextThatIsNoVersionHasNoPosition() {
    assertThat(positions.of("what")).isEqualTo(Positions.UNKNOWN);
    assertThat(positions.of("")).isEqualTo(Positions.UNKNOWN);
  }

  @Test
  void aSpanHoldsWhatItsRangeHolds() {
    Stream.of(
            range("1.0", null, null),
            range(null, "2.0", null),
            range(null, null, "3.0"),
            range("1.0", "1.0", null),
            range("2.0", null, "3.0"),
            range("3.0", null, "2.0"))
        .forEach(this::holdsTheSame);
  }

  private void holdsTheSame(VersionRange range) {
    Positions named = of(range, "1.0", "2.0", "4.0");
    Positions.Span span = named.of(range).orElseThrow();
    VersionRange.Resolved resolved =
        (VersionRange.Resolved) range.resolve(VersionScheme.NATURAL::read);
    for (String asked : ASKED) {
      assertThat(span.contains(named.of(asked)))
          .as("%s in %s", asked, range)
          .isEqualTo(resolved.contains(version(asked)));
    }
  }

  @Test
  void aRangeWithABoundThatIsNoVersionIsNoSpan() {
    assertThat(positions.of(range("what", null, null))).isEmpty();
  }

  private static Positions of(VersionRange floorFor, String... versions) {
    List<Release> releases =
        Stream.concat(
                Stream.of(versions).map(v -> release(v).build()),
                Stream.of(release("5.0").floorFor(floorFor).build()))
            .toList();
    return Positions.of(VersionOrder.of(VersionScheme.NATURAL, releases), releases);
  }

  private static VersionRange range(String from, String to, String before) {
    return new VersionRange(
        Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(before));
  }

  private static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }
}
