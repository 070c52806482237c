package io.towncrier.consents.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.consents.ConsentAct;
import io.towncrier.consents.ConsentStore;
import io.towncrier.devices.residency.CrossBorderConsent;
import io.towncrier.devices.residency.CrossBorderRecords;
import io.towncrier.devices.retirement.DeviceTraces;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Consents in PostgreSQL. Kinds are stored by the names of their constants. */
@ApplicationScoped
class PostgresConsents implements ConsentStore, CrossBorderRecords, DeviceTraces {
  private static final String ACT =
      """
      SELECT act.kind, act.withdrawn, act.text_version, act.language, act.data, act.recipient,
        act.at
      FROM consent_act AS act
      """;

  private static final String HISTORY = ACT + "WHERE act.owner = $1 ORDER BY act.id DESC LIMIT $2";

  private static final String CURRENT =
      """
      SELECT DISTINCT ON (act.kind) act.kind, act.withdrawn, act.text_version, act.language,
        act.data, act.recipient, act.at
      FROM consent_act AS act
      WHERE act.owner = $1
      ORDER BY act.kind, act.id DESC
      """;

  private static final String LATEST =
      ACT + "WHERE act.owner = $1 AND act.kind = $2 ORDER BY act.id DESC LIMIT 1";

  // Owners have no row of their own before their first change of alerts.
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 35))";

  private static final String ADD =
      """
      INSERT INTO consent_act (owner, kind, withdrawn, text_version, language, data, recipient, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private static final String COUNT =
      "SELECT count(*) AS acts FROM consent_act AS act WHERE act.owner = $1 AND act.at > $2";

  /** It reads tables of the feature devices. */
  private static final String CROSSING =
      """
      SELECT link.device_id
      FROM device_account AS link
      JOIN device ON device.id = link.device_id AND device.revoked_at IS NULL
      WHERE link.account_id = $1 AND (
        SELECT NOT act.withdrawn FROM consent_act AS act
        WHERE act.owner = link.device_id AND act.kind = 'CROSS_BORDER'
        ORDER BY act.id DESC LIMIT 1)
      ORDER BY link.device_id
      LIMIT $2
      """;

  private static final String REMOVE = "DELETE FROM consent_act WHERE consent_act.owner = $1";

  private final Database database;

  PostgresConsents(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<ConsentAct>> history(String owner, int limit) {
    return database.rowsAlone(HISTORY, PostgresConsents::act, owner, (long) limit);
  }

  @Override
  public Uni<List<ConsentAct>> current(String owner) {
    return database.rowsAlone(CURRENT, PostgresConsents::act, owner);
  }

  @Override
  public Uni<Optional<ConsentAct>> lock(String owner, ConsentAct.Kind kind) {
    // The lock is a statement of its own: a statement sees what was committed when it began.
    return database
        .rows(LOCK, row -> true, owner)
        .chain(() -> database.rows(LATEST, PostgresConsents::act, owner, kind.name()))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<Void> add(String owner, ConsentAct act) {
    return database
        .update(
            ADD,
            owner,
            act.kind().name(),
            act.withdrawn(),
            act.text().map(ConsentAct.Text::version).orElse(null),
            act.text().map(ConsentAct.Text::language).orElse(null),
            act.crossing().map(ConsentAct.Crossing::data).orElse(null),
            act.crossing().map(ConsentAct.Crossing::recipient).orElse(null),
            act.at().atOffset(ZoneOffset.UTC))
        .replaceWithVoid();
  }

  @Override
  public Uni<Long> countSince(String owner, Instant since) {
    return database
        .rows(COUNT, row -> row.number("acts"), owner, since.atOffset(ZoneOffset.UTC))
        .map(found -> found.get(0));
  }

  @Override
  public Uni<List<String>> crossingDevicesOf(String account, int limit) {
    return database.rows(CROSSING, row -> row.text("device_id"), account, (long) limit);
  }

  @Override
  public Uni<Void> add(String deviceId, CrossBorderConsent consent) {
    return add(
        deviceId,
        new ConsentAct(
            ConsentAct.Kind.CROSS_BORDER,
            false,
            Optional.of(new ConsentAct.Text(consent.textVersion(), consent.language())),
            Optional.of(new ConsentAct.Crossing(consent.data(), consent.recipient())),
            consent.givenAt()));
  }

  @Override
  public Uni<Void> remove(String deviceId) {
    return database.update(REMOVE, deviceId).replaceWithVoid();
  }

  private static ConsentAct act(Row row) {
    Optional<String> version = row.optionalText("text_version");
    Optional<String> data = row.optionalText("data");
    return new ConsentAct(
        ConsentAct.Kind.valueOf(row.text("kind")),
        row.flag("withdrawn"),
        version.map(text -> new ConsentAct.Text(text, row.text("language"))),
        data.map(text -> new ConsentAct.Crossing(text, row.text("recipient"))),
        row.instant("at"));
  }
}
