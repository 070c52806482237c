package io.towncrier.releases.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("zoneless")
class BucketTest {
  private static final int MILLION = 1_000_000;

  /** Computed apart from this code: sha256sum, read as one number, modulo 10,000. */
  @ParameterizedTest
  @CsvSource({
    "archer/2.0, device-1, 4829",
    "archer/2.0, device-2, 7980",
    "archer/2.1, device-1, 7962",
    "'', '', 8935",
    "towncrier, café, 8067",
    "新版, 路由器, 9178",
    "x, 📡, 2837",
    "salt, 0000000000000000000000000000000000000000000000000000000000000000, 1384"
  })
  void theBucketIsTheSameForEver(String salt, String cohort, int bucket) {
    assertThat(Bucket.of(salt, cohort)).isEqualTo(bucket);
  }

  /**
   * Within half a percent of the share. One percent of a million is too few for that, however fair
   * the draw: there it is four standard deviations.
   */
  @ParameterizedTest
  @CsvSource({"100, 0.04", "1000, 0.005", "2500, 0.005", "5000, 0.005"})
  void ofAMillionCohortsTheShareIsIn(int buckets, double off) {
    int inside = 0;
    for (int i = 0; i < MILLION; i++) {
      inside += Bucket.of("archer/2.0", "cohort-" + i) < buckets ? 1 : 0;
    }

    double expected = (double) MILLION * buckets / Bucket.COUNT;
    assertThat((double) inside).isCloseTo(expected, within(off * expected));
  }

  @Test
  void twoReleasesGoToSlicesThatHaveNothingToDoWithEachOther() {
    int both = 0;
    int first = 0;
    int second = 0;
    for (int i = 0; i < MILLION; i++) {
      boolean inFirst = Bucket.of("archer/2.0", "cohort-" + i) < 2_500;
      boolean inSecond = Bucket.of("archer/2.1", "cohort-" + i) < 2_500;
      first += inFirst ? 1 : 0;
      second += inSecond ? 1 : 0;
      both += inFirst && inSecond ? 1 : 0;
    }

    double expected = (double) first * second / MILLION;
    assertThat((double) both).isCloseTo(expected, within(0.01 * expected));
  }

  @Test
  void everyBucketHasItsPartOfAMillionCohorts() {
    int[] cohorts = new int[Bucket.COUNT];
    for (int i = 0; i < MILLION; i++) {
      cohorts[Bucket.of("archer/2.0", "cohort-" + i)]++;
    }

    double expected = (double) MILLION / Bucket.COUNT;
    double chiSquare = 0;
    for (int found : cohorts) {
      chiSquare += (found - expected) * (found - expected) / expected;
    }
    // 9,999 degrees of freedom: the mean, and four standard deviations to either side.
    assertThat(chiSquare).isCloseTo(9_999, within(4 * Math.sqrt(2 * 9_999)));
  }

  @Test
  void growingTakesAnOfferBackFromNobody() {
    BitSet inside = new BitSet();
    for (int buckets : new int[] {0, 1, 100, 1_000, 2_500, 9_999, 10_000}) {
      BitSet now = new BitSet();
      for (int i = 0; i < 100_000; i++) {
        now.set(i, Bucket.of("archer/2.0", "cohort-" + i) < buckets);
      }
      BitSet lost = (BitSet) inside.clone();
      lost.andNot(now);

      assertThat(lost.cardinality()).as("out again at %d", buckets).isZero();
      inside = now;
    }
    assertThat(inside.cardinality()).isEqualTo(100_000);
  }
}
