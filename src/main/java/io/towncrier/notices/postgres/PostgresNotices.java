package io.towncrier.notices.postgres;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.recall.RecallState;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.Progress;
import io.towncrier.notices.counts.ConsentCounts;
import io.towncrier.notices.schedule.Slot;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.Traces;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notices in PostgreSQL. */
@ApplicationScoped
class PostgresNotices implements NoticeStore, PanacheRepositoryBase<NoticeEntity, String> {
  private final Database database;
  private final Traces traces;

  PostgresNotices(Database database, Traces traces) {
    this.database = database;
    this.traces = traces;
  }

  @Override
  public Uni<Stored> add(Notice.Draft draft) {
    NoticeEntity row = new NoticeEntity();
    row.id = draft.content().id();
    NoticeRows.write(draft, row);
    return persistAndFlush(row).map(PostgresNotices::stored);
  }

  @Override
  public Uni<Optional<Stored>> find(String id) {
    return database.inTransaction(() -> findById(id).map(PostgresNotices::optional));
  }

  @Override
  public Uni<Optional<Stored>> lock(String id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE).map(PostgresNotices::optional);
  }

  @Override
  public Uni<Stored> save(Notice notice) {
    return findById(notice.content().id())
        .invoke(
            row -> {
              NoticeRows.write(notice, row);
              traces.current().traceParent().ifPresent(parent -> row.traceParent = parent);
            })
        .call(() -> flush())
        .map(PostgresNotices::stored);
  }

  @Override
  public Uni<Void> extend(String id, Instant expiresAt) {
    return database
        .update(NoticeSql.EXTEND, id, expiresAt.atOffset(ZoneOffset.UTC))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> previewed(String id, long addressed, Instant now) {
    return database
        .update(NoticeSql.PREVIEWED, id, addressed, now.atOffset(ZoneOffset.UTC))
        .replaceWithVoid();
  }

  @Override
  public Uni<Long> othersOnTheirDay(String id, List<NoticeKind> kinds, Slot day) {
    return database
        .rows(
            NoticeSql.OTHERS_ON_THEIR_DAY,
            row -> row.number("notices"),
            id,
            kinds.stream().map(NoticeKind::name).toArray(String[]::new),
            day.from().atOffset(ZoneOffset.UTC),
            day.end().atOffset(ZoneOffset.UTC))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> delete(String id) {
    return deleteById(id).replaceWithVoid();
  }

  @Override
  public Uni<Page<Stored>> list(Optional<State> in, PageRequest<String> request) {
    String state = in.map(NoticeRows::stored).orElse("");
    return database.inTransaction(
        () ->
            request
                .after()
                .map(id -> findById(id).chain(last -> behind(state, last, request)))
                .orElseGet(() -> page(state, "", Instant.EPOCH, "", request))
                .chain(
                    found ->
                        Pages.of(
                            found,
                            request,
                            () -> database.rows(NoticeSql.COUNT, Pages::counted, state))));
  }

  private Uni<List<Stored>> behind(
      String state, @Nullable NoticeEntity last, PageRequest<String> request) {
    return last == null
        ? Uni.createFrom().item(List.of())
        : page(
            state,
            Pages.ordered(
                " and (createdAt %1$s ?2 or (createdAt = ?2 and id %1$s ?3))",
                request.descending()),
            last.createdAt,
            last.id,
            request);
  }

  private Uni<List<Stored>> page(
      String state, String behind, Instant at, String id, PageRequest<String> request) {
    String order = Pages.ordered(" order by createdAt %2$s, id %2$s", request.descending());
    String where = "not canary and (?1 = '' or state = ?1)" + behind + order;
    PanacheQuery<NoticeEntity> query =
        behind.isEmpty() ? find(where, state) : find(where, state, at, id);
    return query
        .range(0, request.limit())
        .list()
        .map(rows -> rows.stream().map(PostgresNotices::stored).toList());
  }

  @Override
  public Uni<List<Due>> dueToStart(Instant now) {
    return database.rows(
        NoticeSql.DUE_TO_START,
        row -> new Due(row.text("id"), row.optionalText("trace_parent")),
        now.atOffset(ZoneOffset.UTC));
  }

  @Override
  public Uni<List<String>> withNothingLeft() {
    return database.rows(NoticeSql.WITH_NOTHING_LEFT, row -> row.text("id"));
  }

  @Override
  public Uni<List<String>> doneWithSomethingLeft() {
    return database.rows(NoticeSql.DONE_WITH_SOMETHING_LEFT, row -> row.text("id"));
  }

  @Override
  public Uni<Boolean> hasNothingLeft(String id) {
    return database.rows(NoticeSql.HAS_NOTHING_LEFT, row -> true, id).map(rows -> !rows.isEmpty());
  }

  @Override
  public Uni<Progress.Figures> figures(String id) {
    return database
        .rows(NoticeSql.TALLIES, PostgresNotices::tally, id)
        .chain(
            tallies ->
                database
                    .rows(
                        NoticeSql.PACE,
                        row ->
                            new Progress.Figures(
                                tallies, pace(row), row.optionalText("halted_because")),
                        id,
                        Progress.MOST_DUE + 1)
                    .map(rows -> rows.get(0)))
        .chain(figures -> recalls(id).map(figures::with));
  }

  private Uni<Map<String, Long>> recalls(String id) {
    return database
        .rows(
            NoticeSql.RECALLS,
            row -> Map.entry(RecallState.codeOf(row.text("recall")), row.number("devices")),
            id,
            Arrays.stream(RecallState.values()).map(Enum::name).toArray(String[]::new),
            Progress.MOST_DUE)
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Progress.Tally tally(Row row) {
    return new Progress.Tally(
        row.text("state"),
        row.text("value"),
        row.number("devices"),
        row.number("tried"),
        row.number("pruned"));
  }

  private static Progress.Pace pace(Row row) {
    return new Progress.Pace(
        row.number("due"),
        row.number("until_last"),
        new Progress.Settled(
            row.number("minute_before"),
            row.number("this_minute"),
            row.number("second_of_minute"),
            row.number("since_start")));
  }

  @Override
  public Uni<ConsentCounts> consents(String id) {
    return database
        .rows(
            NoticeSql.CONSENTS,
            row ->
                new ConsentCounts(row.number("asked"), row.number("given"), row.number("declined")),
            id)
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Long> unreached(String id, Instant unseenSince) {
    return database
        .rows(
            NoticeSql.UNREACHED,
            row -> row.number("devices"),
            id,
            LocalDate.ofInstant(unseenSince, ZoneOffset.UTC))
        .map(rows -> rows.get(0));
  }

  private static Optional<Stored> optional(@Nullable NoticeEntity row) {
    return Optional.ofNullable(row).map(PostgresNotices::stored);
  }

  private static Stored stored(NoticeEntity row) {
    return new Stored(NoticeRows.read(row), row.revision);
  }
}
