package io.towncrier.delivery.postgres;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.StartRefused;
import io.towncrier.platform.postgres.JdbcTarget;
import io.towncrier.platform.postgres.RoleGrants;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.classification.Column;
import io.towncrier.privacy.classification.DataClass;
import io.towncrier.privacy.classification.Reader;
import io.towncrier.testing.Schema;
import io.towncrier.testing.SenderRole;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The role that sends may do what a send asks for, and nothing else. */
@Tag("zoneless")
class SenderRoleIT {
  // PostgreSQL 17, appendix A: insufficient_privilege.
  private static final String REFUSED = "42501";

  /** Whatever the function that sends asks of the database. What is added to it is added here. */
  private static final Map<String, List<String>> STATEMENTS =
      Map.ofEntries(
          entry("platform.postgres.TimeOuts", List.of("SHOW")),
          entry("platform.postgres.CellHalts", List.of("LOCK_FOR_SHARE")),
          entry("privacy.postgres.PostgresKeyVersions", List.of("READ")),
          entry(
              "installation.postgres.PostgresInstallation",
              List.of("FIND", "CLUSTER", "ADOPT", "HOLD")),
          entry("installation.postgres.PostgresReplay", List.of("FIND", "BEGIN")),
          entry(
              "delivery.postgres.PostgresPushAccounts",
              List.of("FIND", "BREAKERS", "NOW", "ADD", "SAVE", "SAVE_AND_COUNT", "SAVE_BREAKER")),
          entry(
              "delivery.postgres.OutboxSql",
              List.of(
                  "IS_OPEN",
                  "MOST_URGENT_DUE",
                  "LOCK_DUE",
                  "LOCK_CONTENTS",
                  "RECORD_CLAIM",
                  "RECORD_RESULTS",
                  "HAND_OVER",
                  "HALT")),
          entry("devices.postgres.DeviceSql", List.of("LOCK_TARGETS", "LINKS")),
          entry(
              "devices.postgres.AddressSql",
              List.of("HOLD_DEVICE", "RETIRE_ADDRESS", "RETIRE_IDLE_ADDRESS", "RETIRE_FURTHER")),
          entry("preferences.postgres.AlertsSql", List.of("LOCK_FOR_SHARE", "MAKE_MISSING")));

  // A trigger of the statement counts, with the rights of who runs it, also where no row changes.
  private static final String COUNTED =
      "UPDATE delivery SET state = delivery.state WHERE delivery.notice_id = 'none'";

  private static final String GRANTS =
      """
      SELECT given.table_name, given.column_name, given.privilege_type
      FROM information_schema.column_privileges AS given
      WHERE given.grantee = 'towncrier_sender' AND given.table_schema = 'public'
      """;

  private static final String BY_TABLE =
      """
      SELECT given.table_name, '' AS column_name, given.privilege_type
      FROM information_schema.table_privileges AS given
      WHERE given.grantee = 'towncrier_sender'
      """;

  private static final String COLUMNS =
      """
      SELECT one.table_name, one.column_name, 'SELECT' AS privilege_type
      FROM information_schema.columns AS one
      WHERE one.table_schema = 'public'
      """;

  private static EmbeddedPostgres postgres;
  private static boolean givenToNobody;
  private static String withoutTheRole;

  @BeforeAll
  static void make() throws Exception {
    postgres = EmbeddedPostgres.start();
    Schema.migrate(postgres.getPostgresDatabase());
    try (Connection superuser = postgres.getPostgresDatabase().getConnection()) {
      givenToNobody = !RoleGrants.give(superuser);
      withoutTheRole = refusal(new JdbcTarget(url(), "postgres", "postgres"));
      SenderRole.make(superuser);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  void whatASendAsksForIsGranted() throws Exception {
    try (Connection sender = sender()) {
      for (String statement : statements()) {
        assertThat(refusal(sender, statement)).as(statement).isEmpty();
      }
    }
  }

  @Test
  void whatIsGrantedIsNeeded() throws Exception {
    Set<Grant> grants = grants(GRANTS);
    assertThat(grants).hasSizeGreaterThan(100);
    try (Connection superuser = superuser();
        Connection sender = sender()) {
      for (Grant grant : grants) {
        run(superuser, "REVOKE " + grant.on("FROM"));
        try {
          assertThat(isMissed(sender, grant)).as("too much: %s", grant).isTrue();
        } finally {
          run(superuser, "GRANT " + grant.on("TO"));
        }
      }
    }
    assertThat(grants(GRANTS)).isEqualTo(grants);
  }

  @Test
  void aRightThatNothingNeedsIsMissedByNothing() throws Exception {
    try (Connection sender = sender()) {
      assertThat(isMissed(sender, new Grant("device", "secret_index", "SELECT"))).isFalse();
    }
  }

  @Test
  void nothingIsGrantedOnWholeTables() throws Exception {
    assertThat(grants(BY_TABLE)).isEmpty();
  }

  @Test
  void everyOtherColumnIsRefused() throws Exception {
    Set<Grant> others = grants(COLUMNS);
    others.removeAll(grants(GRANTS));
    assertThat(others).hasSizeGreaterThan(300);
    try (Connection sender = sender()) {
      for (Grant other : others) {
        assertThat(refusal(sender, other.select())).as("%s", other).contains(REFUSED);
      }
    }
  }

  @Test
  void noIdentifierNoEcvNoSecretAndNoSubjectIsRead() throws Exception {
    try (Connection sender = sender()) {
      for (String column :
          List.of(
              "device.identifier_index",
              "device.ecv_index",
              "device.secret_index",
              "device.token_index",
              "device.controller_index",
              "device.push_index",
              "account.subject_index",
              "account.subject_sealed",
              "key_check.value",
              "audit_entry.actor")) {
        String table = column.substring(0, column.indexOf('.'));
        assertThat(refusal(sender, "SELECT " + column + " FROM " + table))
            .as(column)
            .contains(REFUSED);
      }
      assertThat(refusal(sender, "SELECT device FROM device")).contains(REFUSED);
      assertThat(refusal(sender, "COPY device TO STDOUT")).contains(REFUSED);
    }
  }

  @Test
  void aColumnThatIsAddedLaterIsRefused() throws Exception {
    try (Connection superuser = superuser();
        Connection sender = sender()) {
      run(superuser, "ALTER TABLE device ADD COLUMN planted text");
      try {
        assertThat(refusal(sender, "SELECT device.planted FROM device")).contains(REFUSED);
      } finally {
        run(superuser, "ALTER TABLE device DROP COLUMN planted");
      }
    }
  }

  @Test
  void noOptOutHaltOrSecretIsChanged() throws Exception {
    try (Connection sender = sender()) {
      for (String forbidden :
          List.of(
              "UPDATE notification_alerts SET push = true",
              "UPDATE notification_alerts SET categories_off = '{}'",
              "DELETE FROM notification_alerts",
              "UPDATE cell_halt SET since = NULL",
              "UPDATE cell_halt SET security_since = NULL",
              "UPDATE device SET secret_index = NULL",
              "UPDATE push_content SET texts = '{}'",
              "INSERT INTO delivery (notice_id, device_id) VALUES ('n', 'd')",
              "DELETE FROM delivery",
              "TRUNCATE delivery",
              "SET ROLE postgres",
              "CREATE TABLE own (id int)")) {
        assertThat(refusal(sender, forbidden)).as(forbidden).contains(REFUSED);
      }
    }
  }

  @Test
  void whatItReadsOfPeopleIsClassifiedAsRead() throws Exception {
    Set<String> read =
        grants(GRANTS).stream()
            .filter(grant -> grant.what().equals("SELECT"))
            .map(grant -> grant.table() + "." + grant.column())
            .collect(Collectors.toCollection(TreeSet::new));
    for (Column column : Classification.own().columns()) {
      String name = column.table() + "." + column.name();
      if (!read.contains(name) || column.dataClass() == DataClass.PUBLIC) {
        continue;
      }
      if (column.dataClass() == DataClass.SECRET) {
        // The one secret: it opens nothing without the key that wraps it.
        assertThat(name).isEqualTo("key_version.wrapped");
      } else {
        assertThat(column.readers()).as(name).contains(Reader.SENDER);
      }
    }
  }

  @Test
  void whatWasGivenByHandIsTakenAway() throws Exception {
    Set<Grant> before = grants(GRANTS);
    try (Connection superuser = superuser()) {
      run(superuser, "GRANT SELECT, DELETE ON account TO towncrier_sender");
      run(superuser, "GRANT SELECT (identifier_index) ON device TO towncrier_sender");
    }
    assertThat(grants(GRANTS)).isNotEqualTo(before);

    RoleGrants.give(new JdbcTarget(url(), "postgres", "postgres"));

    assertThat(grants(GRANTS)).isEqualTo(before);
    assertThat(grants(BY_TABLE)).isEmpty();
  }

  @Test
  void aServerOfOneRoleGivesNobodyAnything() {
    assertThat(givenToNobody).isTrue();
  }

  @Test
  void aCellWithoutTheRoleIsToldWhichScriptMakesIt() {
    assertThat(withoutTheRole).contains("towncrier_sender", "infra/database/roles.sql");
  }

  @Test
  void aRoleThatMayNotSignInIsAsGoodAsNone() throws Exception {
    try (Connection superuser = superuser()) {
      run(superuser, "ALTER ROLE towncrier_sender NOLOGIN");
      try {
        assertThat(refusal(new JdbcTarget(url(), "postgres", "postgres")))
            .isEqualTo(withoutTheRole);
      } finally {
        run(superuser, "ALTER ROLE towncrier_sender LOGIN");
      }
    }
  }

  /** What the function migrate fails with. */
  private static String refusal(JdbcTarget target) {
    try {
      RoleGrants.give(target);
      return "";
    } catch (StartRefused refused) {
      return refused.getMessage();
    }
  }

  private static boolean isMissed(Connection sender, Grant grant) throws Exception {
    for (String statement : statements()) {
      boolean maybe = statement.contains(grant.table()) || statement.equals(COUNTED);
      if (maybe && refusal(sender, statement).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Rights are looked at where a plan begins to run, which EXPLAIN does as well. */
  private static List<String> statements() throws ReflectiveOperationException {
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : STATEMENTS.entrySet()) {
      Class<?> holder = Class.forName("io.towncrier." + entry.getKey());
      for (String name : entry.getValue()) {
        Field constant = holder.getDeclaredField(name);
        constant.setAccessible(true);
        all.add("EXPLAIN (GENERIC_PLAN) " + constant.get(null));
      }
    }
    all.add(COUNTED);
    return all;
  }

  /** The SQLSTATE with which it is refused; empty when it is not. */
  private static Optional<String> refusal(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return Optional.empty();
    } catch (SQLException failure) {
      assertThat(failure.getSQLState()).as("%s: %s", sql, failure).isEqualTo(REFUSED);
      return Optional.of(failure.getSQLState());
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Set<Grant> grants(String query) throws SQLException {
    Set<Grant> found = new TreeSet<>();
    try (Connection superuser = superuser();
        Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(
            new Grant(
                rows.getString("table_name"),
                rows.getString("column_name"),
                rows.getString("privilege_type")));
      }
    }
    return found;
  }

  private static Connection superuser() throws SQLException {
    return DriverManager.getConnection(url(), "postgres", "postgres");
  }

  // In simple queries $1 is left to EXPLAIN.
  private static Connection sender() throws SQLException {
    return DriverManager.getConnection(
        url() + "?preferQueryMode=simple", RoleGrants.SENDER, "by-trust");
  }

  private static String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  private record Grant(String table, String column, String what) implements Comparable<Grant> {
    String on(String direction) {
      return "%s (\"%s\") ON \"%s\" %s towncrier_sender".formatted(what, column, table, direction);
    }

    String select() {
      return "SELECT \"%s\" FROM \"%s\"".formatted(column, table);
    }

    @Override
    public int compareTo(Grant other) {
      return toString().compareTo(other.toString());
    }
  }
}
