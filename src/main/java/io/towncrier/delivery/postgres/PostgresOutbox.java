package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.PushHour;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Traces;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outbox in PostgreSQL, and the far side of the fence. */
@ApplicationScoped
class PostgresOutbox implements Outbox, SendFence {
  // No adapter has a provider hold a push for longer.
  private static final Duration LONGEST_HELD = Duration.ofDays(1);

  private final Database database;
  private final Traces traces;
  private final InFlight ofOwner;
  private final InFlight ofNotice;

  PostgresOutbox(Database database, Traces traces, DeliveryConfig config) {
    this.database = database;
    this.traces = traces;
    this.ofOwner = new InFlight(database, OutboxSql.CLAIMS_OF_OWNER, config.fenceWait());
    this.ofNotice = new InFlight(database, OutboxSql.CLAIMS_OF_NOTICE, config.fenceWait());
  }

  @Override
  public Uni<Void> open(PushContent content) {
    return database
        .update(
            OutboxSql.OPEN,
            content.notice(),
            content.category().code(),
            content.defaultLanguage().value(),
            TextsJson.write(content.texts()),
            content.expiresAt().atOffset(ZoneOffset.UTC),
            content.urgent(),
            content.release().map(PushContent.Release::product).orElse(null),
            content.release().map(PushContent.Release::version).orElse(null),
            content.hour().map(PushHour::time).orElse(null),
            content.hour().map(hour -> hour.over().toSeconds()).orElse(null),
            content.trace().or(() -> traces.current().traceParent()).orElse(null))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Urgency>> mostUrgentDue(Optional<String> notice, String provider) {
    return database
        .rows(
            OutboxSql.MOST_URGENT_DUE,
            row -> row.flag("urgent"),
            notice.orElse(null),
            false,
            provider)
        .map(due -> due.stream().findFirst())
        .map(first -> first.map(urgent -> urgent ? Urgency.URGENT : Urgency.ORDINARY));
  }

  @Override
  public Uni<Optional<Duration>> untilNextDue() {
    return database
        .rows(OutboxSql.UNTIL_NEXT_DUE, row -> Duration.ofMillis(row.number("wait_millis")))
        .map(next -> next.stream().findFirst());
  }

  @Override
  public Uni<List<Due>> lockDue(
      int limit, Optional<String> notice, boolean urgent, boolean security, String provider) {
    return database.rows(
        OutboxSql.LOCK_DUE,
        row ->
            new Due(
                row.text("notice_id"),
                row.text("device_id"),
                (int) row.number("attempts"),
                row.optionalText("about_device_id"),
                (int) row.number("generation"),
                row.texts("passed")),
        notice.orElse(null),
        urgent,
        (long) limit,
        security,
        provider);
  }

  @Override
  public Uni<List<PushContent>> lockContents(List<String> notices) {
    return database.rows(
        OutboxSql.LOCK_CONTENTS, PostgresOutbox::content, (Object) notices.toArray(String[]::new));
  }

  @Override
  public Uni<Void> recordClaim(String claimId, Duration lease, List<Claimed> decided) {
    return database
        .update(
            OutboxSql.RECORD_CLAIM,
            texts(decided, c -> c.due().notice()),
            texts(decided, c -> c.due().device()),
            texts(decided, c -> c.state().name()),
            texts(decided, c -> c.reason().orElse(null)),
            times(decided, Claimed::dueAt),
            texts(decided, c -> String.join(",", c.accounts())),
            claimId,
            (double) lease.toMillis(),
            texts(decided, c -> c.provider().orElse(null)),
            texts(decided, c -> c.passed().map(PostgresOutbox::joined).orElse(null)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> recordResults(List<Result> results) {
    return database.update(
        OutboxSql.RECORD_RESULTS,
        texts(results, r -> r.due().notice()),
        texts(results, r -> r.due().device()),
        texts(results, r -> r.state().name()),
        texts(results, r -> r.reason().orElse(null)),
        times(results, Result::dueAt),
        texts(results, r -> r.acceptedAs().orElse(null)),
        texts(results, Result::claim),
        results.stream().map(Result::tried).toArray(Boolean[]::new),
        results.stream().map(Result::pruned).toArray(Boolean[]::new),
        results.stream().map(Result::nothingSent).toArray(Boolean[]::new),
        results.stream()
            .map(result -> result.heldFor().map(PostgresOutbox::heldMillis).orElse(null))
            .toArray(Long[]::new),
        texts(results, r -> r.move().map(move -> joined(move.passed())).orElse(null)),
        texts(results, r -> r.move().map(Move::provider).orElse(null)));
  }

  @Override
  public Uni<Integer> handOver(String provider, List<String> others, int limit) {
    return database.update(
        OutboxSql.HAND_OVER, provider, others.toArray(String[]::new), (long) limit);
  }

  private static String joined(List<String> providers) {
    return String.join(",", providers);
  }

  @Override
  public Uni<Void> halt(String notice, String reason) {
    return database.update(OutboxSql.HALT, notice, reason).replaceWithVoid();
  }

  @Override
  public Uni<Boolean> resume(String notice) {
    return database.update(OutboxSql.RESUME, notice).map(changed -> changed > 0);
  }

  @Override
  public Uni<Void> extend(String notice, Instant expiresAt) {
    return database
        .update(OutboxSql.EXTEND, notice, expiresAt.atOffset(ZoneOffset.UTC))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> unsettle(String notice) {
    return database.update(OutboxSql.UNSETTLE, notice).replaceWithVoid();
  }

  @Override
  public Uni<List<String>> settle() {
    return database.inTransaction(
        () ->
            database
                .rows(OutboxSql.LOCK_SETTLED, row -> row.text("notice_id"))
                .chain(
                    found ->
                        found.isEmpty()
                            ? Uni.createFrom().item(found)
                            : database.rows(
                                OutboxSql.SETTLE,
                                row -> row.text("notice_id"),
                                (Object) found.toArray(String[]::new))));
  }

  @Override
  public Uni<Integer> suppressPending(String notice, String reason, int limit) {
    return database.update(OutboxSql.SUPPRESS_OF_NOTICE, notice, reason, (long) limit);
  }

  @Override
  public Uni<List<String>> cancelledWithPending() {
    return database.rows(OutboxSql.CANCELLED_WITH_PENDING, row -> row.text("notice_id"));
  }

  @Override
  public Uni<Boolean> isOpen(String notice) {
    return database.rows(OutboxSql.IS_OPEN, row -> true, notice).map(r -> !r.isEmpty());
  }

  @Override
  public Uni<Void> suppressPending(String owner, Optional<Set<String>> categories) {
    Suppression reason = categories.isPresent() ? Suppression.CATEGORY_OFF : Suppression.OPTED_OUT;
    return database
        .update(
            OutboxSql.SUPPRESS_OF_OWNER,
            owner,
            categories.map(c -> c.toArray(String[]::new)).orElse(null),
            reason.code())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> awaitNothingInFlight(String owner) {
    return ofOwner.awaitNothing(owner);
  }

  @Override
  public Uni<Void> awaitNoticeNotInFlight(String notice) {
    return ofNotice.awaitNothing(notice);
  }

  private static Long heldMillis(Duration ttl) {
    return Math.min(ttl.toMillis(), LONGEST_HELD.toMillis());
  }

  private static PushContent content(Row row) {
    return new PushContent(
        row.text("notice_id"),
        Category.parse(row.text("category")).orElseThrow(),
        row.flag("urgent"),
        TextsJson.read(row.text("texts")),
        new LanguageTag(row.text("default_language")),
        row.instant("expires_at"),
        row.optionalText("halted_because"),
        row.optionalText("about_product")
            .map(product -> new PushContent.Release(product, row.text("about_version"))),
        row.optionalTime("local_time")
            .map(time -> new PushHour(time, Duration.ofSeconds(row.number("local_over_seconds")))),
        row.optionalText("trace_parent"));
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  private static <T> @Nullable OffsetDateTime[] times(
      List<T> rows, Function<T, Optional<Instant>> value) {
    return rows.stream()
        .map(row -> value.apply(row).map(i -> i.atOffset(ZoneOffset.UTC)).orElse(null))
        .toArray(OffsetDateTime[]::new);
  }
}
