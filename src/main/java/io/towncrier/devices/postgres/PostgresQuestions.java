package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.Question;
import io.towncrier.devices.address.QuestionStore;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Indexes;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Questions to earlier registrations in PostgreSQL. */
@ApplicationScoped
class PostgresQuestions implements QuestionStore {
  private final Database database;

  PostgresQuestions(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Holder>> earlierHolder(String deviceId, Indexes except) {
    return database
        .rows(
            QuestionSql.EARLIER_HOLDER,
            PostgresQuestions::holder,
            deviceId,
            KeyedHashes.of(except.all()))
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Void> ask(Question question, Duration lease) {
    return database
        .update(
            QuestionSql.ASK,
            question.id(),
            question.deviceId(),
            question.holderId(),
            Buffer.buffer(question.index()),
            Buffer.buffer(question.challenge()),
            utc(question.expiresAt()),
            (double) lease.toMillis())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> asked(String questionId) {
    return database.update(QuestionSql.ASKED, questionId).replaceWithVoid();
  }

  @Override
  public Uni<List<Question>> of(String deviceId, Instant now) {
    return database.rows(
        QuestionSql.OF,
        row ->
            new Question(
                row.text("id"),
                row.text("device_id"),
                row.text("holder_id"),
                row.optionalBytes("address_index").orElseThrow(),
                row.optionalBytes("challenge_index").orElseThrow(),
                row.instant("expires_at")),
        deviceId,
        utc(now));
  }

  @Override
  public Uni<Void> giveUp(Question answered) {
    return database
        .update(QuestionSql.GIVE_UP, answered.holderId(), Buffer.buffer(answered.index()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Duration>> count(
      String deviceId, Indexes index, boolean asks, int anHour, Instant now) {
    return database
        .update(
            QuestionSql.COUNT,
            deviceId,
            Buffer.buffer(index.written()),
            utc(now),
            asks,
            (long) anHour,
            KeyedHashes.of(index.all()))
        .chain(
            counted ->
                counted == 1
                    ? Uni.createFrom().item(Optional.empty())
                    : freeAt(deviceId, index, asks, anHour)
                        .map(at -> Optional.of(atLeastASecond(Duration.between(now, at)))));
  }

  private Uni<Instant> freeAt(String deviceId, Indexes index, boolean asks, int anHour) {
    return database
        .rows(
            QuestionSql.FREE_AT,
            row -> row.instant("free_at"),
            deviceId,
            KeyedHashes.of(index.all()),
            asks,
            (long) anHour)
        .map(rows -> rows.get(0));
  }

  private static Duration atLeastASecond(Duration wait) {
    return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
  }

  private static Holder holder(Row row) {
    String id = row.text("id");
    return new Holder(
        id,
        PushAddress.stored(
            id,
            row.text("push_provider"),
            row.text("push_kind"),
            row.optionalBytes("push_sealed").orElseThrow()),
        row.optionalBytes("push_index").orElseThrow());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
