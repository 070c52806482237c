package io.towncrier.notices.rollout.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.rollout.RolloutNotices;
import io.towncrier.notices.rollout.Stage;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which rollouts have a notice, in PostgreSQL. The statements join tables of other features. */
@ApplicationScoped
class PostgresRolloutNotices implements RolloutNotices {
  private static final String STAGES =
      "SELECT stage.product_id, stage.stage, stage.since FROM rollout_stage AS stage";

  private static final String BEGIN =
      """
      INSERT INTO rollout_stage (product_id, stage, since)
      SELECT first.product_id, first.stage, first.since
      FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS first (product_id, stage, since)
      ORDER BY first.product_id
      ON CONFLICT (product_id) DO NOTHING
      """;

  private static final String TAKE_TURN =
      """
      UPDATE rollout_stage
      SET walker = $3, walked_until = clock_timestamp() + interval '60 seconds'
      WHERE rollout_stage.product_id = $1 AND rollout_stage.stage = $2
        AND (rollout_stage.walker IS NULL OR rollout_stage.walker = $3
          OR rollout_stage.walked_until < clock_timestamp())
      """;

  private static final String LEAVE =
      """
      UPDATE rollout_stage SET walker = NULL
      WHERE rollout_stage.product_id = $1 AND rollout_stage.walker = $2
      """;

  private static final String SAVE =
      "UPDATE rollout_stage SET stage = $2, walker = NULL WHERE rollout_stage.product_id = $1";

  private static final String NOTICE_OF =
      """
      SELECT told.notice_id FROM rollout_notice AS told
      WHERE told.product_id = $1 AND told.version = $2
      """;

  private static final String VERSION_OF =
      "SELECT about.version FROM rollout_notice AS about WHERE about.notice_id = $1";

  private static final String APPROVAL_OF =
      """
      SELECT release.released_by, release.released_at FROM release
      WHERE release.product_id = $1 AND release.version = $2 AND release.released_by IS NOT NULL
      """;

  private static final String SUBJECTS =
      """
      SELECT device.id FROM rollout_notice AS about
      JOIN device ON device.product_id = about.product_id
      WHERE about.notice_id = $1
        AND (device.id = $2 OR (device.kind = 'ROUTER' AND device.id IN (
          SELECT shared.device_id FROM device_account AS mine
          JOIN device_account AS shared ON shared.account_id = mine.account_id
          WHERE mine.device_id = $2)))
      ORDER BY device.id <> $2, device.id
      LIMIT 20
      """;

  private static final String REMEMBER =
      "INSERT INTO rollout_notice (product_id, version, notice_id) VALUES ($1, $2, $3)";

  private static final String ALREADY_TOLD =
      """
      SELECT delivery.device_id FROM rollout_notice AS about
      JOIN delivery ON delivery.notice_id = about.notice_id
      WHERE about.product_id = $1 AND about.version = $2 AND delivery.device_id = ANY ($3)
      """;

  private final Database database;

  PostgresRolloutNotices(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Map<String, Stage>> stages() {
    return database
        .rows(
            STAGES,
            row ->
                Map.entry(
                    row.text("product_id"), new Stage(row.text("stage"), row.instant("since"))))
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public Uni<Void> begin(Map<String, Stage> stages) {
    List<Map.Entry<String, Stage>> rows = List.copyOf(stages.entrySet());
    return database
        .update(
            BEGIN,
            texts(rows, Map.Entry::getKey),
            texts(rows, row -> row.getValue().text()),
            times(rows, row -> row.getValue().since()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> takeTurn(String product, Stage known, String walker) {
    return database.update(TAKE_TURN, product, known.text(), walker).map(taken -> taken > 0);
  }

  @Override
  public Uni<Void> leave(String product, String walker) {
    return database.update(LEAVE, product, walker).replaceWithVoid();
  }

  @Override
  public Uni<Void> save(String product, Stage stage) {
    return database.update(SAVE, product, stage.text()).replaceWithVoid();
  }

  @Override
  public Uni<Optional<String>> noticeOf(String product, String version) {
    return database
        .rows(NOTICE_OF, row -> row.text("notice_id"), product, version)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Optional<String>> versionOf(String notice) {
    return database
        .rows(VERSION_OF, row -> row.text("version"), notice)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Optional<Notice.Approval>> approvalOf(String product, String version) {
    return database
        .rows(
            APPROVAL_OF,
            row -> new Notice.Approval(row.text("released_by"), row.instant("released_at")),
            product,
            version)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<List<String>> subjects(String notice, String deviceId) {
    return database.rows(SUBJECTS, row -> row.text("id"), notice, deviceId);
  }

  @Override
  public Uni<Void> remember(String product, String version, String notice) {
    return database.update(REMEMBER, product, version, notice).replaceWithVoid();
  }

  @Override
  public Uni<Set<String>> alreadyTold(String product, String version, List<String> devices) {
    return database
        .rows(
            ALREADY_TOLD,
            row -> row.text("device_id"),
            product,
            version,
            devices.toArray(String[]::new))
        .map(Set::copyOf);
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  private static <T> OffsetDateTime[] times(List<T> rows, Function<T, Instant> value) {
    return rows.stream()
        .map(row -> value.apply(row).atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }
}
