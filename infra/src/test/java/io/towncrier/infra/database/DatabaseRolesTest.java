package io.towncrier.infra.database;

import static io.towncrier.infra.database.RdsStandIn.ADMIN;
import static io.towncrier.infra.database.RdsStandIn.PASSWORD;
import static io.towncrier.infra.database.RdsStandIn.ask;
import static io.towncrier.infra.database.RdsStandIn.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What database/roles.sql leaves behind, tried on the version of PostgreSQL that cells have. */
final class DatabaseRolesTest {
  private static final Path ROLES = Path.of("database/roles.sql");
  private static final Path SENDER = Path.of("../src/main/resources/db/roles/sender.sql");
  private static final List<String> USERS =
      List.of("towncrier", "towncrier_owner", "towncrier_sender");
  private static final String NO_ADMIN = "pg_has_role('" + ADMIN + "', 'rds_iam', 'MEMBER')";

  // Users with their settings and memberships, and what is granted by default.
  private static final String EVERYTHING =
      """
      SELECT concat(
        (SELECT string_agg(concat_ws(' ', role.rolname, role.rolcanlogin, setting.setconfig), ';'
           ORDER BY role.rolname)
         FROM pg_roles AS role
         LEFT JOIN pg_db_role_setting AS setting ON setting.setrole = role.oid),
        (SELECT string_agg(concat_ws(' ', given.roleid::regrole, given.member::regrole), ';'
           ORDER BY given.roleid::regrole::text, given.member::regrole::text)
         FROM pg_auth_members AS given),
        (SELECT string_agg(granted.defaclacl::text, ';' ORDER BY granted.defaclobjtype)
         FROM pg_default_acl AS granted))
      """;

  private static RdsStandIn rds;

  @BeforeAll
  static void finishACell() throws Exception {
    rds = new RdsStandIn();
    rds.runAsAdmin(Files.readString(ROLES));
    rds.migrate("towncrier");
    // As the function migrate does behind it.
    try (Connection owner = rds.byToken("towncrier", "towncrier_owner")) {
      execute(owner, Files.readString(SENDER));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    rds.close();
  }

  @Test
  void theAdministratorKeepsItsPassword() throws Exception {
    try (Connection admin = rds.signIn(ADMIN, PASSWORD)) {
      assertThat(ask(admin, "SELECT " + NO_ADMIN)).isEqualTo("f");
    }
    assertThatThrownBy(() -> rds.signIn(ADMIN, "guessed").close())
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void theUsersOfTheApplicationAreAskedForATokenAndHaveNoPassword() throws Exception {
    try (Connection superuser = rds.superuser("towncrier")) {
      assertThat(
              ask(
                  superuser,
                  "SELECT count(*) FROM pg_authid WHERE rolname IN ('towncrier',"
                      + " 'towncrier_owner', 'towncrier_sender')"
                      + " AND rolpassword IS NULL AND rolcanlogin AND NOT rolsuper"
                      + " AND NOT rolcreaterole AND NOT rolcreatedb"))
          .isEqualTo("3");
    }
    for (String user : USERS) {
      rds.byToken("towncrier", user).close();
    }
  }

  @Test
  void aRoleThatTheAdministratorMakesItselfTakesItsPasswordAway() throws Exception {
    try (RdsStandIn other = new RdsStandIn()) {
      other.runAsAdmin(
          """
          BEGIN;
          CREATE ROLE made_by_hand LOGIN;
          GRANT rds_iam TO made_by_hand;
          COMMIT;
          """);
      // The line of rds_iam has caught it: whatever it brings is not looked at as a password.
      other.signIn(ADMIN, "guessed").close();
    }
  }

  @Test
  void aMemberThatIsLeftOverIsFoundAndNothingIsChanged() throws Exception {
    String roles = Files.readString(ROLES);
    try (RdsStandIn other = new RdsStandIn()) {
      assertThatThrownBy(() -> other.runAsAdmin(roles.replace("DROP ROLE towncrier_maker;", "")))
          .hasMessageContaining("member of rds_iam");
      try (Connection superuser = other.superuser("towncrier")) {
        assertThat(
                ask(
                    superuser,
                    "SELECT count(*) FROM pg_roles WHERE rolname ~ '^towncrier(_[oms]|$)'"))
            .isEqualTo("0");
      }
      other.runAsAdmin(roles);
      other.signIn(ADMIN, PASSWORD).close();
    }
  }

  /** A cell that was made before there was a user that sends, and is at work. */
  @Test
  void anOlderCellGetsTheUserThatItLacks() throws Exception {
    String roles = Files.readString(ROLES);
    try (RdsStandIn older = new RdsStandIn()) {
      older.runAsAdmin(roles);
      older.migrate("towncrier");
      try (Connection superuser = older.superuser("towncrier")) {
        execute(superuser, "DROP OWNED BY towncrier_sender", "DROP ROLE towncrier_sender");
      }

      older.runAsAdmin(roles);

      try (Connection owner = older.byToken("towncrier", "towncrier_owner")) {
        execute(owner, Files.readString(SENDER), "CREATE TABLE made_later (id int)");
      }
      try (Connection sender = older.byToken("towncrier", "towncrier_sender")) {
        assertThat(ask(sender, "SELECT count(push_sealed) FROM device")).isEqualTo("0");
        assertThat(ask(sender, "SHOW lock_timeout")).isEqualTo("4s");
      }
      try (Connection service = older.byToken("towncrier", "towncrier")) {
        assertThat(ask(service, "SELECT count(*) FROM made_later")).isEqualTo("0");
      }
      try (Connection admin = older.signIn(ADMIN, PASSWORD)) {
        assertThat(ask(admin, "SELECT " + NO_ADMIN)).isEqualTo("f");
      }
    }
  }

  @Test
  void aCellThatHasAllUsersKeepsThemAsTheyAre() throws Exception {
    String roles = Files.readString(ROLES);
    try (RdsStandIn other = new RdsStandIn()) {
      other.runAsAdmin(roles);
      String before;
      try (Connection superuser = other.superuser("towncrier")) {
        before = ask(superuser, EVERYTHING);
      }

      other.runAsAdmin(roles);

      try (Connection superuser = other.superuser("towncrier")) {
        assertThat(ask(superuser, EVERYTHING)).isEqualTo(before).contains("towncrier_sender");
      }
      assertThatThrownBy(() -> other.signIn(ADMIN, "guessed").close())
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void theServiceReadsAndWritesWhatTheOwnerMadeAndAltersNothing() throws Exception {
    try (Connection service = rds.byToken("towncrier", "towncrier")) {
      List<String> tables = tables(service);
      assertThat(tables).hasSizeGreaterThan(15);
      for (String table : tables) {
        for (String may : List.of("SELECT", "INSERT", "UPDATE", "DELETE")) {
          assertThat(ask(service, "SELECT has_table_privilege('%s', '%s')".formatted(table, may)))
              .as(may + " " + table)
              .isEqualTo("t");
        }
      }
      // A sequence behind an identity, and whatever functions migrations made.
      execute(service, "INSERT INTO essential_categories (became) VALUES ('{security}')");
      for (String forbidden :
          List.of(
              "ALTER TABLE device ADD COLUMN more text",
              "DROP TABLE device",
              "CREATE TABLE own (id int)",
              "TRUNCATE device",
              "SET ROLE towncrier_owner",
              "CREATE ROLE another")) {
        assertThatThrownBy(() -> execute(service, forbidden)).as(forbidden).isNotNull();
      }
    }
  }

  /** All of its columns: SenderRoleIT, of the application. */
  @Test
  void whatSendsReadsAddressesAndNoIdentifier() throws Exception {
    try (Connection sender = rds.byToken("towncrier", "towncrier_sender")) {
      assertThat(ask(sender, "SELECT count(push_sealed) FROM device")).isEqualTo("0");
      for (String hidden :
          List.of(
              "SELECT count(identifier_index) FROM device",
              "SELECT count(ecv_index) FROM device",
              "SELECT count(secret_index) FROM device",
              "SELECT count(subject_sealed) FROM account",
              "SELECT count(*) FROM audit_entry")) {
        assertThatThrownBy(() -> ask(sender, hidden))
            .as(hidden)
            .hasMessageContaining("permission denied");
      }
      for (String forbidden :
          List.of(
              "UPDATE notification_alerts SET push = true",
              "DELETE FROM delivery",
              "CREATE TABLE own (id int)",
              "SET ROLE towncrier")) {
        assertThatThrownBy(() -> execute(sender, forbidden))
            .as(forbidden)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void theAdministratorReadsNoPersonalData() throws Exception {
    try (Connection admin = rds.signIn(ADMIN, PASSWORD)) {
      assertThatThrownBy(() -> ask(admin, "SELECT count(*) FROM device"))
          .hasMessageContaining("permission denied");
    }
  }

  /** Two by roles.sql, since they do not migrate; the owner by the migration. */
  @Test
  void allRolesHaveTheBoundsOfTimeThatTheServiceAsksFor() throws Exception {
    for (String role : USERS) {
      try (Connection connection = rds.byToken("towncrier", role)) {
        assertThat(ask(connection, "SHOW idle_in_transaction_session_timeout"))
            .as(role)
            .isEqualTo("5s");
        assertThat(ask(connection, "SHOW lock_timeout")).as(role).isEqualTo("4s");
      }
    }
  }

  private static List<String> tables(Connection connection) throws Exception {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
