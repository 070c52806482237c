package io.towncrier.reports.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.reports.Report;
import io.towncrier.reports.ReportKind;
import io.towncrier.reports.ReportStore;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reports in PostgreSQL; whether one is over is a matter of its time alone. */
@ApplicationScoped
class PostgresReports implements ReportStore {
  private final Database database;

  PostgresReports(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Long> running() {
    return database.rows(ReportSql.RUNNING, row -> row.number("running")).map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> add(Report report) {
    Report.Started started = report.started();
    return database
        .update(
            ReportSql.ADD,
            report.id(),
            report.kind(),
            ReportJson.write(report.question()),
            report.devices(),
            started.by(),
            started.reason(),
            started.at().atOffset(ZoneOffset.UTC),
            report.expiresAt().atOffset(ZoneOffset.UTC))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Report>> find(String kind, String id, Instant now) {
    return first(
        database.rows(
            ReportSql.FIND, PostgresReports::report, kind, id, now.atOffset(ZoneOffset.UTC)));
  }

  @Override
  public Uni<Boolean> remove(String kind, String id, Instant now) {
    return database
        .update(ReportSql.END, kind, id, now.atOffset(ZoneOffset.UTC))
        .map(ended -> ended > 0);
  }

  @Override
  public Uni<Optional<String>> part(String id, int number) {
    return first(
        database.rows(
            ReportSql.PART,
            row -> Gzip.unpack(row.optionalBytes("content").orElseThrow()),
            id,
            number));
  }

  @Override
  public Uni<Optional<Report>> take(Set<String> except) {
    return first(
        database.rows(
            ReportSql.TAKE, PostgresReports::report, (Object) except.toArray(String[]::new)));
  }

  @Override
  public Uni<ReportKind.IdRange> behind(String id, int limit) {
    return database
        .rows(
            ReportSql.BEHIND,
            row ->
                new ReportKind.IdRange(
                    id,
                    row.optionalText("last_id").orElse(id),
                    row.number("devices"),
                    row.number("devices") < limit),
            id,
            (long) limit)
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> keep(Report report, Progress progress) {
    return parts(report, progress)
        .chain(
            parts ->
                database.update(
                    ReportSql.KEEP,
                    report.id(),
                    progress.position(),
                    progress.walked(),
                    ReportJson.write(progress.counts()),
                    parts,
                    progress.now().atOffset(ZoneOffset.UTC),
                    progress.last()))
        .replaceWithVoid();
  }

  /** How many parts there are, these lines included. */
  private Uni<Integer> parts(Report report, Progress progress) {
    if (progress.lines().isEmpty()) {
      return Uni.createFrom().item(report.parts());
    }
    ReportKind.Lines lines = progress.lines().get();
    Buffer packed = Buffer.buffer(Gzip.pack(lines.text()));
    int next = report.parts() + 1;
    return database
        .update(
            ReportSql.APPEND,
            report.id(),
            report.parts(),
            packed,
            lines.count(),
            progress.linesInPart())
        .chain(
            appended ->
                appended > 0
                    ? Uni.createFrom().item(report.parts())
                    : database
                        .update(ReportSql.ADD_PART, report.id(), next, packed, lines.count())
                        .replaceWith(next));
  }

  @Override
  public Uni<Void> fail(String id, String why, Instant now) {
    return database.update(ReportSql.FAIL, id, why, now.atOffset(ZoneOffset.UTC)).replaceWithVoid();
  }

  @Override
  public Uni<Long> stumble(String id, Instant now) {
    return database
        .rows(ReportSql.STUMBLE, row -> row.number("stumbles"), id, now.atOffset(ZoneOffset.UTC))
        .map(rows -> rows.isEmpty() ? 0L : rows.get(0));
  }

  @Override
  public Uni<Integer> removeOld(Instant now, int limit) {
    return database
        .update(ReportSql.REMOVE_PARTS, now.atOffset(ZoneOffset.UTC), (long) limit)
        .chain(
            parts ->
                database
                    .update(ReportSql.REMOVE, now.atOffset(ZoneOffset.UTC))
                    .map(reports -> parts + reports));
  }

  private static <T> Uni<Optional<T>> first(Uni<List<T>> rows) {
    return rows.map(found -> found.stream().findFirst());
  }

  private static Report report(Row row) {
    return new Report(
        row.text("id"),
        row.text("kind"),
        ReportJson.texts(row.text("question")),
        Report.State.valueOf(row.text("state")),
        row.text("position"),
        row.number("walked"),
        row.number("devices"),
        ReportJson.numbers(row.text("counts")),
        (int) row.number("parts"),
        row.optionalText("failure"),
        new Report.Started(row.text("started_by"), row.text("reason"), row.instant("started_at")),
        row.optionalInstant("finished_at"),
        row.instant("expires_at"));
  }
}
