package io.towncrier.server.commands;

import io.towncrier.audit.AuditEntry;
import io.towncrier.installation.AcceptRestore.Shown.OfNotice;
import io.towncrier.installation.InstallationStore;
import io.towncrier.installation.Outside;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows how a restored database differs, and lets its pushes go on. */
final class RestoredCommand {
  private static final String KNOWN =
      """
      SELECT installation.system_identifier, installation.marker, installation.mark,
        installation.marked_at, installation.held_because, installation.held_at,
        control.system_identifier::text
      FROM installation, pg_control_system() AS control
      """;

  private static final String HERE =
      """
      SELECT notice.state, coalesce(sent.accepted, 0)
      FROM notice LEFT JOIN notice_sent AS sent ON sent.notice_id = notice.id
      WHERE notice.id = ?
      """;

  private static final String ACCEPT =
      """
      UPDATE installation SET system_identifier = ?, marker = ?, mark = greatest(mark, ?) + 1,
        held_because = NULL, held_at = NULL
      """;

  private final Connection connection;
  private final Outside outside;
  private final PrintStream out;

  /** The connection must not commit by itself. */
  RestoredCommand(Connection connection, Outside outside, PrintStream out) {
    this.connection = connection;
    this.outside = outside;
    this.out = out;
  }

  /**
   * Shows it.
   *
   * @param accept lets pushes go on as well, and keeps what the database is from now on
   */
  void run(boolean accept) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(KNOWN)) {
      row.next();
      @Nullable String because = row.getString(5);
      out.println(
          because == null
              ? "No push waits because of a restore."
              : "Pushes wait since %s: %s.".formatted(row.getString(6), because));
      line("cluster", row.getString(1), row.getString(7));
      line("marker", row.getString(2), outside.marker().orElse(null));
      line("mark", row.getLong(3) + " at " + row.getString(4), told(outside.witness()));
      if (outside.witness().isPresent()) {
        notices(row.getString(4), outside.witness().get());
      } else {
        out.println("There is no witness: what was sent and who opted out since is not known.");
      }
      if (accept) {
        accept(row.getString(7), Optional.ofNullable(because));
      }
    }
  }

  private void line(String what, @Nullable String kept, @Nullable String now) {
    out.println("  %-8s kept %s, now %s".formatted(what, kept, now));
  }

  private static String told(Optional<Outside.Testimony> witness) {
    return witness
        .map(told -> told.mark() + " at " + told.at() + " (the witness)")
        .orElse("unknown");
  }

  private void notices(@Nullable String from, Outside.Testimony told) throws SQLException {
    out.println(
        "Between %s and %s: who opted out then is not known here. Notices of that time, what they are here, and how many pushes were accepted since:"
            .formatted(from, told.at()));
    try (PreparedStatement here = connection.prepareStatement(HERE)) {
      for (Outside.Sent sent : told.notices()) {
        here.setString(1, sent.notice());
        try (ResultSet found = here.executeQuery()) {
          OfNotice notice =
              OfNotice.of(
                  sent,
                  found.next()
                      ? new InstallationStore.Here(
                          sent.notice(), found.getString(1), found.getLong(2))
                      : null);
          out.println(
              "  %s  %-9s  %d".formatted(notice.notice(), notice.state(), notice.sentSince()));
        }
      }
    }
  }

  private void accept(String cluster, Optional<String> because) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACCEPT)) {
      statement.setString(1, cluster);
      statement.setString(2, outside.marker().orElse(null));
      statement.setLong(3, outside.witness().map(Outside.Testimony::mark).orElse(0L));
      statement.executeUpdate();
    }
    CommandAudit.append(
        connection,
        new AuditEntry(
            "command-line",
            "restore.accepted",
            "installation",
            because.orElse("nothing waited"),
            InstantSource.system().instant()));
    connection.commit();
    out.println("Accepted: pushes go on.");
  }
}
