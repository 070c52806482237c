package io.towncrier.installation.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.InstallationStore;
import io.towncrier.installation.Outside;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The one row of the table. */
@ApplicationScoped
class PostgresInstallation implements InstallationStore {
  private static final Logger LOG = Logger.getLogger(PostgresInstallation.class);

  private static final String FIND =
      """
      SELECT installation.system_identifier, installation.marker, installation.mark,
        installation.marked_at, installation.held_because, installation.held_at
      FROM installation
      """;

  // PostgreSQL 17, 9.28.8: everybody may call it unless it was forbidden.
  private static final String CLUSTER =
      "SELECT control.system_identifier::text FROM pg_control_system() AS control";

  private static final String ADOPT =
      """
      UPDATE installation SET system_identifier = $1, marker = $2
      WHERE installation.system_identifier IS DISTINCT FROM $1
        OR installation.marker IS DISTINCT FROM $2
      """;

  private static final String HOLD = "UPDATE installation SET held_because = $1, held_at = now()";

  private static final String RAISE =
      """
      UPDATE installation SET mark = installation.mark + 1, marked_at = now()
      RETURNING installation.mark, installation.marked_at
      """;

  private static final String ACCEPT =
      """
      UPDATE installation SET system_identifier = $1, marker = $2,
        mark = greatest(installation.mark, $3) + 1, held_because = NULL, held_at = NULL
      """;

  private static final String OF_LATE =
      """
      SELECT notice.id, coalesce(sent.accepted, 0) AS accepted
      FROM notice LEFT JOIN notice_sent AS sent ON sent.notice_id = notice.id
      WHERE notice.state IN ('STARTED', 'PAUSED') OR notice.finished_at > now() - interval '1 day'
      ORDER BY notice.id
      LIMIT 1000
      """;

  private static final String HERE =
      """
      SELECT notice.id, notice.state, coalesce(sent.accepted, 0) AS accepted
      FROM notice LEFT JOIN notice_sent AS sent ON sent.notice_id = notice.id
      WHERE notice.id = ANY ($1)
      """;

  private final Database database;

  PostgresInstallation(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Known> lock() {
    return known(FIND + "FOR UPDATE");
  }

  @Override
  public Uni<Known> find() {
    return known(FIND);
  }

  private Uni<Known> known(String sql) {
    return database
        .rows(
            sql,
            row ->
                new Known(
                    row.optionalText("system_identifier"),
                    row.optionalText("marker"),
                    row.number("mark"),
                    row.optionalInstant("marked_at"),
                    row.optionalText("held_because"),
                    row.optionalInstant("held_at")))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Optional<String>> systemIdentifier() {
    return database
        .rows(CLUSTER, row -> row.optionalText("system_identifier"))
        .map(rows -> rows.get(0))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("which PostgreSQL cluster this is cannot be asked: %s", failure);
              return Optional.empty();
            });
  }

  @Override
  public Uni<Void> adopt(Optional<String> systemIdentifier, Optional<String> marker) {
    return database
        .update(ADOPT, systemIdentifier.orElse(null), marker.orElse(null))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> hold(String because) {
    return database.update(HOLD, because).replaceWithVoid();
  }

  @Override
  public Uni<Mark> raise() {
    return database
        .rows(RAISE, row -> new Mark(row.number("mark"), row.instant("marked_at")))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> accept(Optional<String> systemIdentifier, Optional<String> marker, long above) {
    return database
        .update(ACCEPT, systemIdentifier.orElse(null), marker.orElse(null), above)
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Outside.Sent>> sentOfLate() {
    return database.rows(OF_LATE, row -> new Outside.Sent(row.text("id"), row.number("accepted")));
  }

  @Override
  public Uni<List<Here>> here(List<String> notices) {
    return database.rows(
        HERE,
        row -> new Here(row.text("id"), row.text("state"), row.number("accepted")),
        (Object) notices.toArray(String[]::new));
  }
}
