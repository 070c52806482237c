package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.testing.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Flyway has written is read as Flyway reads it. */
@Tag("zoneless")
class MigrationRecordIT {
  private static final List<String> IN_JAVA = List.of("21");

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void migrate() throws IOException, SQLException {
    postgres = EmbeddedPostgres.start();
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> MigrationRecord.isComplete(connection, IN_JAVA))
          .as("nothing was ever migrated")
          .isInstanceOf(SQLException.class);
    }
    Schema.migrate(postgres.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void whatFlywayHasDoneIsComplete() throws SQLException, IOException {
    try (Connection connection = connect()) {
      assertThat(MigrationRecord.isComplete(connection, IN_JAVA)).isTrue();
      assertThat(MigrationRecord.isComplete(connection, List.of("21", "1000")))
          .as("one in Java is new")
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM flyway_schema_history WHERE version = '5'",
        "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '5'",
        "UPDATE flyway_schema_history SET success = false WHERE version = '5'",
        "DELETE FROM flyway_schema_history WHERE version = '21'"
      })
  void whatIsMissingChangedOrFailedIsLeftToFlyway(String change) throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(statement.executeUpdate(change)).isEqualTo(1);
      assertThat(MigrationRecord.isComplete(connection, IN_JAVA)).isFalse();
      connection.rollback();
    }
  }

  @Test
  void whatANewerVersionHasDoneBesidesDoesNotCount() throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(
          """
          INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
            checksum, installed_by, execution_time, success)
          VALUES (1000, '1000', 'newer', 'SQL', 'V1000__newer.sql', 1, 'x', 1, true)
          """);
      assertThat(MigrationRecord.isComplete(connection, IN_JAVA)).isTrue();
      connection.rollback();
    }
  }

  private static Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }
}
