package io.towncrier.releases;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps releases one by one. A change names the revision that its author has seen. */
public interface ReleaseStore {
  Uni<Optional<Stored>> find(ReleaseId id);

  /**
   * Releases in the order of product and version text.
   *
   * @param product only of this one
   * @param state only in this one
   */
  Uni<Page<Stored>> list(
      Optional<String> product, Optional<Release.State> state, PageRequest<ReleaseId> request);

  /** Whether it was new; one that is there already is not touched. */
  Uni<Boolean> insert(ReleaseId id, Release release, String author);

  /** Whether the revision was still the newest. */
  Uni<Boolean> update(ReleaseId id, Release release, int revision, Act act);

  /** Published releases that come to the fleet in phases, of all products. */
  Uni<List<Stored>> withPhases();

  /** Those of these that there are, in no order. */
  Uni<List<Stored>> all(List<ReleaseId> ids);

  /** Published releases that have phases, were steered or are not out yet, of all products. */
  Uni<List<Stored>> withRollout();

  /** Writes releases whose life goes on; their authors stay. */
  Uni<Void> updateAll(List<Stored> releases);

  /** Whether the revision was still the newest. */
  Uni<Boolean> delete(ReleaseId id, int revision);

  /**
   * A release and what operators need beside it.
   *
   * @param revision grows with each change
   * @param author who wrote it last
   * @param writers all who wrote at what it says, in their order; the author among them
   * @param releasedBy who let it out, or further
   */
  record Stored(
      ReleaseId id,
      Release release,
      int revision,
      Optional<String> author,
      List<String> writers,
      Optional<String> releasedBy) {
    public Stored {
      writers = List.copyOf(writers);
    }

    /** The same, one revision later. */
    public Stored after(Release other, Act act) {
      Optional<String> writer = act.writer();
      List<String> hands =
          act instanceof Act.WroteAnew
              ? List.of()
              : writers.stream().filter(w -> !writer.equals(Optional.of(w))).toList();
      return new Stored(
          id,
          other,
          revision + 1,
          act instanceof Act.WroteAnew anew ? Optional.of(anew.by()) : author,
          Stream.concat(hands.stream(), writer.stream()).toList(),
          act instanceof Act.LetOut out ? Optional.of(out.by()) : releasedBy);
    }
  }

  /** What somebody did to a release. */
  sealed interface Act {
    /** Who wrote at it. */
    default Optional<String> writer() {
      return Optional.empty();
    }

    /** Wrote the whole of it. */
    record WroteAnew(String by) implements Act {
      @Override
      public Optional<String> writer() {
        return Optional.of(by);
      }
    }

    /** Wrote a part of it. */
    record WroteMore(String by) implements Act {
      @Override
      public Optional<String> writer() {
        return Optional.of(by);
      }
    }

    /** Let it out to somebody who was not offered it before. */
    record LetOut(String by, Instant at) implements Act {}

    /** Its life goes on, and reaches nobody more. */
    record Other() implements Act {}
  }
}
