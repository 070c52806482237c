package io.towncrier.overview;

import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.text.NoticeKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A notice in a line.
 *
 * @param title in its default language
 * @param products of its audience; empty: of all
 */
public record NoticeSummary(
    String id,
    NoticeStore.State state,
    int revision,
    NoticeKind kind,
    String title,
    List<String> products,
    String author,
    Times times,
    Live.Counts counts) {
  public NoticeSummary {
    products = List.copyOf(products);
  }

  /** The moments of its life, as far as it has come. */
  public record Times(
      Instant created,
      Optional<Instant> startsAt,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt) {}
}
