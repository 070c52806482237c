package io.towncrier.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the rows in memory and those of PostgreSQL have in common. */
abstract class BucketStoreContract {
  private static final Bucket FIRST = new Bucket(1_800_000_000, 10_000, 0, 0);
  private static final Bucket NEXT =
      new Bucket(1_800_000_001, -5, 1_800_000_061_000L, 1_800_000_062_000L);

  abstract BucketStore store();

  /** A region that no other test has. */
  abstract String region();

  abstract <T> T await(Supplier<Uni<T>> work);

  @Test
  void aRegionIsEmptyUntilItIsOpenedAndOpenedOnce() {
    String region = region();
    assertThat(await(() -> store().find(region))).isEmpty();

    await(() -> store().open(region, FIRST));
    await(() -> store().open(region, NEXT));

    assertThat(await(() -> store().find(region))).contains(FIRST);
  }

  @Test
  void aBucketIsReplacedOnlyWhileItIsTheKnownOne() {
    String region = region();
    assertThat(await(() -> store().replace(region, FIRST, NEXT))).isFalse();
    await(() -> store().open(region, FIRST));

    assertThat(await(() -> store().replace(region, FIRST, NEXT))).isTrue();
    assertThat(await(() -> store().replace(region, FIRST, FIRST))).isFalse();

    assertThat(await(() -> store().find(region))).contains(NEXT);
    Bucket least = new Bucket(0, Long.MIN_VALUE, Long.MAX_VALUE, 0);
    assertThat(await(() -> store().replace(region, NEXT, least))).isTrue();
    assertThat(await(() -> store().find(region))).contains(least);
    Bucket another = new Bucket(0, Long.MIN_VALUE, Long.MAX_VALUE, 1);
    assertThat(await(() -> store().replace(region, another, NEXT))).isFalse();
    assertThat(await(() -> store().replace(region, least, another))).isTrue();
    assertThat(await(() -> store().find(region))).contains(another);
  }
}
