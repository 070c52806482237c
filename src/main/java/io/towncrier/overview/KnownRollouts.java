package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;
import io.towncrier.releases.ReleaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Published releases that do not come to everybody at once, or are not out yet: read again when the
 * catalogue has changed.
 */
@ApplicationScoped
class KnownRollouts {
  private final ReleaseStore releases;
  private volatile @Nullable Known held;

  KnownRollouts(ReleaseStore releases) {
    this.releases = releases;
  }

  /**
   * Those that are not through.
   *
   * @param catalogue number of its newest revision
   */
  Uni<List<MovingRollout>> moving(long catalogue, Halt halt, Instant now) {
    return all(catalogue)
        .map(
            all ->
                all.stream()
                    .map(stored -> MovingRollout.of(stored, halt, now))
                    .flatMap(Optional::stream)
                    .toList());
  }

  /**
   * All of them.
   *
   * @param catalogue number of its newest revision
   */
  Uni<List<ReleaseStore.Stored>> all(long catalogue) {
    Known known = held;
    return known != null && known.catalogue() == catalogue
        ? Uni.createFrom().item(known.releases())
        : releases.withRollout().invoke(found -> held = new Known(catalogue, found));
  }

  private record Known(long catalogue, List<ReleaseStore.Stored> releases) {}
}
