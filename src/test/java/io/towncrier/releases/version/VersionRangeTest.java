package io.towncrier.releases.version;

import static io.towncrier.releases.version.SampleVersions.any;
import static io.towncrier.releases.version.SampleVersions.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import io.towncrier.releases.version.VersionRange.Resolved;
import io.towncrier.releases.version.VersionRange.UnknownBound;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("zoneless")
class VersionRangeTest {
  private static final String NONE = "";

  // Oldest first. Behind > what is no bound, so that there is a version wherever one can stand.
  private static final List<String> NATURAL =
      List.of(
          ">0.1",
          "1.0-dev",
          ">1.0-alpha",
          "1.0-rc1",
          ">1.0-rc2",
          "1.0",
          ">1.0-c",
          "1.0-x",
          ">1.0-y",
          "1.0.1",
          ">1.5",
          "2",
          ">3");
  private static final List<String> SEMVER =
      List.of(
          "0.0.0-0",
          "0.0.0-0.0",
          ">0.0.0-b",
          "0.0.0",
          "0.0.1-0",
          ">0.5.0",
          "1.0.0-a",
          "1.0.0-a.0",
          ">1.0.0-a.1",
          "1.0.0-a.b",
          ">1.0.0-b",
          "1.0.0",
          "1.0.1-0",
          ">1.0.1-b",
          "1.0.1",
          ">1.0.2",
          "1.1.0-0",
          ">2.0.0");
  private static final List<String> DATE =
      List.of(
          "1970-01-01",
          "1970-01-01.1",
          ">1970-01-01.9",
          "2024-02-28",
          "2024-02-28.1",
          "2024-02-28.2",
          ">2024-02-28.3",
          "2024-02-29",
          ">2024-02-29.1",
          "2024-02-29.2",
          ">2024-02-29.3",
          "9999-12-31",
          ">9999-12-31.1");

  @Test
  void theFirstAndTheLastAreInARangeAndItsEndIsNot() {
    Resolved closed = natural("1.0", "2.0", NONE);
    Resolved open = natural("1.0", NONE, "2.0");

    assertThat(closed.contains(version(VersionScheme.NATURAL, "1"))).isTrue();
    assertThat(closed.contains(version(VersionScheme.NATURAL, "2.0.0"))).isTrue();
    assertThat(closed.contains(version(VersionScheme.NATURAL, "2.0.1"))).isFalse();
    assertThat(open.contains(version(VersionScheme.NATURAL, "2.0-rc1"))).isTrue();
    assertThat(open.contains(version(VersionScheme.NATURAL, "2.0"))).isFalse();
    assertThat(open.contains(version(VersionScheme.NATURAL, "1.0-rc1"))).isFalse();
  }

  @Test
  void oneBoundIsEnough() {
    assertThat(natural("1.0", NONE, NONE).contains(version(VersionScheme.NATURAL, "99"))).isTrue();
    assertThat(natural(NONE, "1.0", NONE).contains(version(VersionScheme.NATURAL, "0"))).isTrue();
    assertThat(natural(NONE, NONE, "1.0").contains(version(VersionScheme.NATURAL, "1"))).isFalse();
  }

  @Test
  void noBoundOrTwoEndsAreNoRange() {
    Optional<Version> one = Version.parse("1");

    assertThatIllegalArgumentException().isThrownBy(() -> range(NONE, NONE, NONE));
    assertThatIllegalArgumentException().isThrownBy(() -> range(NONE, "1", "2"));
    assertThatIllegalArgumentException().isThrownBy(() -> range("0", "1", "2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Resolved(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Resolved(one, one, one));
  }

  @ParameterizedTest
  @CsvSource({
    "latest, 2.0, '', from",
    "1.0, latest, '', to",
    "1.0, '', latest, before",
    "latest, newest, '', from"
  })
  void aBoundThatIsNoVersionIsNamed(String from, String to, String before, String member) {
    assertThat(range(from, to, before).resolve(VersionScheme.NATURAL::read))
        .isEqualTo(new UnknownBound(member));
  }

  @Test
  void boundsMeanWhatTheReaderSays() {
    Function<String, Optional<Version>> released =
        text ->
            Optional.of(List.of("Wren", "Kestrel", "Albatross").indexOf(text))
                .filter(counter -> counter >= 0)
                .map(counter -> Version.ofSequence(text, counter));

    assertThat(range("Wren", NONE, "Albatross").resolve(released))
        .isInstanceOfSatisfying(
            Resolved.class,
            range -> {
              assertThat(range.contains(Version.ofSequence("Kestrel", 1))).isTrue();
              assertThat(range.contains(Version.ofSequence("Albatross", 2))).isFalse();
            });
    assertThat(range("Wren", NONE, "Condor").resolve(released))
        .isEqualTo(new UnknownBound("before"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, '', 2.0, '[1.0, 2.0)'",
    "1.0, 2.0, '', '[1.0, 2.0]'",
    "1.0, '', '', '[1.0, )'",
    "'', 2.0, '', '(, 2.0]'",
    "'', '', 2.0, '(, 2.0)'"
  })
  void aRangeReadsAsAnInterval(String from, String to, String before, String interval) {
    assertThat(range(from, to, before)).hasToString(interval);
    assertThat(natural(from, to, before)).hasToString(interval);
  }

  @Test
  void aVersionOfAnotherSchemeIsNotAskedFor() {
    Version date = version(VersionScheme.DATE, "2024-04-01");

    assertThatIllegalArgumentException().isThrownBy(() -> natural("1", NONE, NONE).contains(date));
  }

  @Test
  void nothingBetweenTwoBoundsIsNoGap() {
    assertThat(semver(NONE, "1.0.0", NONE).covers(semver(NONE, NONE, "1.0.1-0"))).isTrue();
    assertThat(semver(NONE, "1.0.0", NONE).covers(semver(NONE, NONE, "1.0.1"))).isFalse();
    assertThat(semver("0.0.0-0", NONE, NONE).covers(semver(NONE, "9.0.0", NONE))).isTrue();
    assertThat(semver("0.0.0", NONE, NONE).covers(semver(NONE, "9.0.0", NONE))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void coversAndIsEmptyAreWhatCountingVersionsSays(VersionScheme scheme) {
    List<Version> bounds = bounds(scheme);
    List<Version> versions = versions(scheme);
    List<Resolved> ranges = ranges(bounds);
    List<BitSet> held = ranges.stream().map(range -> held(range, versions)).toList();
    int covered = 0;
    for (int i = 0; i < ranges.size(); i++) {
      Resolved range = ranges.get(i);
      if (range.isEmpty() != held.get(i).isEmpty()) {
        fail("%s must %sbe empty", range, range.isEmpty() ? "not " : "");
      }
      for (int j = 0; j < ranges.size(); j++) {
        boolean expected = holdsAll(held.get(i), held.get(j));
        covered += expected ? 1 : 0;
        if (range.covers(ranges.get(j)) != expected) {
          fail("%s covers %s must be %s", range, ranges.get(j), expected);
        }
      }
    }
    assertThat(versions).isSorted().doesNotHaveDuplicates();
    assertThat(covered).isGreaterThan(ranges.size());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCoveredIsContained(VersionScheme scheme) {
    Random random = new Random(7);
    int covered = 0;
    for (int i = 0; i < 20_000; i++) {
      List<Resolved> some =
          ranges(List.of(any(scheme, random), any(scheme, random), any(scheme, random)));
      Resolved range = some.get(random.nextInt(some.size()));
      Resolved other = some.get(random.nextInt(some.size()));
      boolean covers = range.covers(other);
      covered += covers ? 1 : 0;
      for (int n = 0; n < 20; n++) {
        Version version = any(scheme, random);
        if (other.contains(version) && (other.isEmpty() || (covers && !range.contains(version)))) {
          fail("%s and %s do not agree about %s", range, other, version);
        }
      }
    }
    assertThat(covered).isBetween(2_000, 18_000);
  }

  private static List<Version> bounds(VersionScheme scheme) {
    return scheme == VersionScheme.SEQUENCE
        ? versions(scheme).subList(0, 6)
        : texts(scheme).filter(t -> !t.startsWith(">")).map(t -> version(scheme, t)).toList();
  }

  private static List<Version> versions(VersionScheme scheme) {
    return scheme == VersionScheme.SEQUENCE
        ? IntStream.range(0, 8).mapToObj(i -> Version.ofSequence("build", i)).toList()
        : texts(scheme).map(t -> version(scheme, t.replace(">", ""))).toList();
  }

  private static Stream<String> texts(VersionScheme scheme) {
    return switch (scheme) {
      case NATURAL -> NATURAL.stream();
      case SEMVER -> SEMVER.stream();
      case DATE -> DATE.stream();
      case SEQUENCE -> Stream.of();
    };
  }

  /** All that these bounds can make. */
  private static List<Resolved> ranges(List<Version> bounds) {
    List<Optional<Version>> optional = new ArrayList<>(bounds.stream().map(Optional::of).toList());
    optional.add(Optional.empty());
    List<Resolved> ranges = new ArrayList<>();
    for (Optional<Version> from : optional) {
      for (Optional<Version> end : optional) {
        if (end.isPresent()) {
          ranges.add(new Resolved(from, end, Optional.empty()));
        }
        if (from.isPresent() || end.isPresent()) {
          ranges.add(new Resolved(from, Optional.empty(), end));
        }
      }
    }
    return ranges;
  }

  private static BitSet held(Resolved range, List<Version> versions) {
    BitSet held = new BitSet();
    for (int i = 0; i < versions.size(); i++) {
      held.set(i, range.contains(versions.get(i)));
    }
    return held;
  }

  private static boolean holdsAll(BitSet held, BitSet others) {
    BitSet missing = (BitSet) others.clone();
    missing.andNot(held);
    return missing.isEmpty();
  }

  private static Resolved natural(String from, String to, String before) {
    return resolved(VersionScheme.NATURAL, from, to, before);
  }

  private static Resolved semver(String from, String to, String before) {
    return resolved(VersionScheme.SEMVER, from, to, before);
  }

  private static Resolved resolved(VersionScheme scheme, String from, String to, String before) {
    return (Resolved) range(from, to, before).resolve(scheme::read);
  }

  private static VersionRange range(String from, String to, String before) {
    return new VersionRange(given(from), given(to), given(before));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }
}
