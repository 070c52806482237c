package io.towncrier.overview.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.overview.Live;
import io.towncrier.overview.NoticeSummary;
import io.towncrier.overview.Sorted;
import io.towncrier.overview.SummaryStore;
import io.towncrier.platform.Page;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds releases and notices in PostgreSQL; the statements are in {@link SummarySql}. */
@ApplicationScoped
class PostgresSummaries implements SummaryStore {
  // What answers call running; see notices.postgres.
  private static final String STARTED = "STARTED";

  private final Database database;

  PostgresSummaries(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Page<Named>> releases(ReleaseFilter filter, Sorted<ReleaseId> sorted) {
    @Nullable Object[] filters = {
      filter.text().orElse(null),
      filter.product().orElse(null),
      filter.state().map(Release.State::code).orElse(null),
      filter.severity().map(severity -> severity.code()).orElse(null),
      filter.channel().orElse(null)
    };
    Optional<ReleaseId> after = sorted.request().after();
    return database
        .rows(
            SummarySql.releases(sorted.key(), sorted.request().descending()),
            row ->
                new Named(
                    new ReleaseId(row.text("product_id"), row.text("version")),
                    row.text("name"),
                    new LanguageTag(row.text("default_language"))),
            with(
                filters,
                after.map(ReleaseId::product).orElse(null),
                after.map(ReleaseId::version).orElse(null),
                (long) sorted.request().limitAndOne()))
        .chain(
            found ->
                Pages.of(
                    found,
                    sorted.request(),
                    () -> database.rows(SummarySql.COUNT_RELEASES, Pages::counted, filters)));
  }

  @Override
  public Uni<Page<NoticeSummary>> notices(NoticeFilter filter, Sorted<String> sorted) {
    @Nullable Object[] filters = filters(filter, filter.state());
    return database
        .rows(
            SummarySql.notices(sorted.key(), sorted.request().descending()),
            PostgresSummaries::summary,
            with(
                filters,
                sorted.request().after().orElse(null),
                (long) sorted.request().limitAndOne()))
        .chain(
            found ->
                Pages.of(
                    found,
                    sorted.request(),
                    () -> database.rows(SummarySql.COUNT_NOTICES, Pages::counted, filters)));
  }

  @Override
  public Uni<Map<NoticeStore.State, Long>> states(NoticeFilter filter) {
    return database
        .rows(
            SummarySql.STATES,
            row -> Map.entry(state(row.text("state")), row.number("notices")),
            filters(filter, Optional.empty()))
        .map(
            rows -> {
              Map<NoticeStore.State, Long> states = new EnumMap<>(NoticeStore.State.class);
              rows.forEach(row -> states.put(row.getKey(), row.getValue()));
              return states;
            });
  }

  private static @Nullable Object[] filters(
      NoticeFilter filter, Optional<NoticeStore.State> state) {
    return new @Nullable Object[] {
      filter.text().orElse(null),
      state.map(given -> given == NoticeStore.State.RUNNING ? STARTED : given.name()).orElse(null),
      filter.kind().map(NoticeKind::name).orElse(null),
      filter.product().orElse(null),
      filter.from().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null),
      filter.to().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)
    };
  }

  private static @Nullable Object[] with(@Nullable Object[] filters, @Nullable Object... others) {
    @Nullable Object[] all = Arrays.copyOf(filters, filters.length + others.length);
    System.arraycopy(others, 0, all, filters.length, others.length);
    return all;
  }

  private static NoticeStore.State state(String stored) {
    return stored.equals(STARTED) ? NoticeStore.State.RUNNING : NoticeStore.State.valueOf(stored);
  }

  private static NoticeSummary summary(Row row) {
    Instant created = row.instant("created_at");
    return new NoticeSummary(
        row.text("id"),
        state(row.text("state")),
        (int) row.number("revision"),
        NoticeKind.valueOf(row.text("kind")),
        row.text("title"),
        List.copyOf(row.texts("products")),
        row.text("author"),
        new NoticeSummary.Times(
            created,
            row.optionalInstant("starts_at"),
            row.optionalInstant("started_at"),
            row.optionalInstant("finished_at")),
        new Live.Counts(
            row.number("planned"),
            row.number("accepted"),
            row.number("suppressed"),
            row.number("dead"),
            row.number("remaining"),
            row.number("seen")));
  }
}
