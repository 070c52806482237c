package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.platform.Page;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds releases and notices by what people look for, without what they say in full. */
public interface SummaryStore {
  /** The keys by which {@link #releases} sorts. */
  List<String> RELEASE_KEYS = List.of("id", "publishedAt");

  /** The keys by which {@link #notices} sorts. */
  List<String> NOTICE_KEYS = List.of("createdAt", "startedAt");

  Uni<Page<Named>> releases(ReleaseFilter filter, Sorted<ReleaseId> request);

  Uni<Page<NoticeSummary>> notices(NoticeFilter filter, Sorted<String> request);

  /** How many notices there are in each state with these filters; a state of the filter is moot. */
  Uni<Map<NoticeStore.State, Long>> states(NoticeFilter filter);

  /**
   * Which releases; what is left out lets all through.
   *
   * @param text in the version, the id or name of the product, or a title of the notes
   */
  record ReleaseFilter(
      Optional<String> text,
      Optional<String> product,
      Optional<Release.State> state,
      Optional<Severity> severity,
      Optional<String> channel) {}

  /** A release and what its product is called. */
  record Named(ReleaseId id, String product, LanguageTag language) {}

  /**
   * Which notices; what is left out lets all through.
   *
   * @param text in its words, or its id
   * @param product of its audience, or of the release that it is about
   * @param from written at this moment or later
   * @param to written before
   */
  record NoticeFilter(
      Optional<String> text,
      Optional<NoticeStore.State> state,
      Optional<NoticeKind> kind,
      Optional<String> product,
      Optional<Instant> from,
      Optional<Instant> to) {}
}
