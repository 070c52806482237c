package io.towncrier.notices.postgres;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeKind;
import io.towncrier.notices.NoticeStore;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notices in PostgreSQL. */
@ApplicationScoped
class PostgresNotices implements NoticeStore, PanacheRepositoryBase<NoticeEntity, String> {
  private static final String DRAFT = "DRAFT";
  private static final String STARTED = "STARTED";
  private static final String CANCELLED = "CANCELLED";

  private final Database database;

  PostgresNotices(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> add(Notice.Draft draft) {
    Notice.Content content = draft.content();
    NoticeEntity row = new NoticeEntity();
    row.id = content.id();
    row.kind = content.kind().name();
    row.defaultLanguage = content.defaultLanguage().value();
    row.texts = NoticeJson.texts(content.texts());
    row.audience = NoticeJson.audience(content.audience());
    row.ttlSeconds = content.ttl().toSeconds();
    row.author = content.author();
    row.createdAt = content.createdAt();
    row.state = DRAFT;
    return database.inTransaction(() -> persist(row)).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Notice>> find(String id) {
    return database.inTransaction(() -> findById(id).map(PostgresNotices::notice));
  }

  @Override
  public Uni<Optional<Notice>> lock(String id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE).map(PostgresNotices::notice);
  }

  @Override
  public Uni<Void> save(Notice notice) {
    return findById(notice.content().id())
        .invoke(
            row -> {
              if (notice instanceof Notice.Started started) {
                row.state = STARTED;
                row.startedAt = started.startedAt();
              } else if (notice instanceof Notice.Cancelled) {
                row.state = CANCELLED;
              }
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<Progress> progress(String id) {
    return database
        .rows(NoticeSql.PROGRESS, row -> new Count(row.text(0), row.text(1), row.number(2)), id)
        .chain(
            counts ->
                database
                    .rows(NoticeSql.HALTED, row -> row.text(0), id)
                    .map(halted -> progress(counts, halted.stream().findFirst())));
  }

  private static Progress progress(List<Count> counts, Optional<String> halted) {
    Map<String, Long> byState = new TreeMap<>();
    Map<String, Long> byReason = new TreeMap<>();
    for (Count count : counts) {
      byState.merge(count.state.toLowerCase(Locale.ROOT), count.deliveries, Long::sum);
      if (!count.reason.isEmpty()) {
        byReason.merge(count.reason, count.deliveries, Long::sum);
      }
    }
    return new Progress(byState, byReason, halted);
  }

  private static Optional<Notice> notice(@Nullable NoticeEntity row) {
    if (row == null) {
      return Optional.empty();
    }
    Notice.Draft draft =
        new Notice.Draft(
            new Notice.Content(
                row.id,
                NoticeKind.valueOf(row.kind),
                NoticeJson.texts(row.texts),
                new LanguageTag(row.defaultLanguage),
                NoticeJson.audience(row.audience),
                Duration.ofSeconds(row.ttlSeconds),
                row.author,
                row.createdAt));
    Optional<Instant> startedAt = Optional.ofNullable(row.startedAt);
    return Optional.of(
        switch (row.state) {
          case DRAFT -> draft;
          case STARTED -> draft.start(startedAt.orElseThrow());
          case CANCELLED -> new Notice.Cancelled(draft.content(), startedAt);
          default -> throw new IllegalStateException("unknown state " + row.state);
        });
  }

  private record Count(String state, String reason, long deliveries) {}
}
