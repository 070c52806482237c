package io.towncrier.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the rows in memory and those of PostgreSQL have in common. */
abstract class AdmissionStoreContract {
  private static final Admissions FIRST = new Admissions(1_800_000_000, "DE", List.of());
  private static final Admissions OTHER = new Admissions(1_800_000_001, "FR", List.of());
  private static final Admissions NEXT =
      new Admissions(1_800_000_000, "DE", List.of("2.0", "a,\"b\" {}", "2.0\u00fc"));

  abstract AdmissionStore store();

  /** A device that was admitted to nothing. */
  abstract String device();

  abstract <T> T await(Supplier<Uni<T>> work);

  @Test
  void theFirstOnesAreKeptOnce() {
    String device = device();
    assertThat(await(() -> store().find(device))).isEmpty();

    assertThat(await(() -> store().lock(device, FIRST))).isEqualTo(FIRST);
    assertThat(await(() -> store().lock(device, OTHER))).isEqualTo(FIRST);

    assertThat(await(() -> store().find(device))).contains(FIRST);
  }

  @Test
  void whatIsKeptIsFound() {
    String device = device();
    String another = device();
    await(() -> store().lock(device, FIRST));
    await(() -> store().keep(device, NEXT));

    assertThat(await(() -> store().find(device))).contains(NEXT);
    assertThat(await(() -> store().lock(device, OTHER))).isEqualTo(NEXT);
    assertThat(await(() -> store().find(another))).isEmpty();
  }
}
