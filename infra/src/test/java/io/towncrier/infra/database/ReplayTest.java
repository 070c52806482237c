package io.towncrier.infra.database;

import static io.towncrier.infra.database.RdsStandIn.ask;
import static io.towncrier.infra.database.RdsStandIn.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** After a restore: what was forbidden since holds again, by scripts that the owner may run. */
final class ReplayTest {
  private static final Pattern COPY_OUT = Pattern.compile("\\\\copy (.*) TO '(.*)' CSV");
  private static final Pattern COPY_IN = Pattern.compile("\\\\copy (.*) FROM '(.*)' CSV");
  private static final String DEVICE =
      "INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,"
          + " secret_index, registered_at, last_seen_on, revision, push_provider, push_kind,"
          + " push_sealed, push_index) VALUES ('%s', 'PHONE', 'app', '1.0', 'DE', 'Europe/Berlin',"
          + " 'de', 'stable', '%s', now(), current_date, 1, 'fcm', 'TOKEN', 'sealed', '%s')";

  private static RdsStandIn rds;

  private final Map<String, byte[]> files = new HashMap<>();

  @BeforeAll
  static void finishACell() throws Exception {
    rds = new RdsStandIn();
    rds.runAsAdmin(Files.readString(Path.of("database/roles.sql")));
    rds.migrate("towncrier");
    try (Connection service = rds.byToken("towncrier", "towncrier")) {
      for (String device : new String[] {"opted-out", "moved", "deleted", "revoked", "same"}) {
        execute(service, DEVICE.formatted(device, device, "address of " + device));
      }
      execute(
          service,
          "INSERT INTO notification_alerts (owner, version) VALUES ('opted-out', 1), ('later', 3)");
      execute(
          service,
          "INSERT INTO push_address (device_id, provider, preference, kind, sealed, address_index)"
              + " VALUES ('same', 'getui', 2, 'CID', 'sealed', 'another of same')");
    }
    // The moment that is restored.
    try (Connection superuser = rds.superuser("postgres")) {
      execute(superuser, "CREATE DATABASE restored TEMPLATE towncrier OWNER towncrier_admin");
    }
    try (Connection service = rds.byToken("towncrier", "towncrier")) {
      execute(
          service,
          "UPDATE notification_alerts SET push = false, delivery_receipts = false, version = 2"
              + " WHERE owner = 'opted-out'",
          "UPDATE notification_alerts SET delivery_receipts = false, version = 2"
              + " WHERE owner = 'later'",
          "INSERT INTO notification_alerts (owner, push, delivery_receipts, version)"
              + " VALUES ('same', false, false, 1)",
          "UPDATE device SET push_index = 'another' WHERE id = 'moved'",
          "UPDATE device SET revoked_at = now() WHERE id = 'revoked'",
          "DELETE FROM device WHERE id = 'deleted'");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    rds.close();
  }

  @Test
  void whatWasForbiddenSinceIsForbiddenAgain() throws Exception {
    try (Connection old = rds.byToken("towncrier", "towncrier_owner")) {
      for (String line : lines("database/forbidden.sql")) {
        Matcher copy = COPY_OUT.matcher(line);
        if (copy.matches()) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          old.unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY " + copy.group(1) + " TO STDOUT CSV", out);
          files.put(copy.group(2), out.toByteArray());
        }
      }
    }
    assertThat(files).containsOnlyKeys("alerts.csv", "devices.csv");

    try (Connection restored = rds.byToken("restored", "towncrier_owner")) {
      replay(restored);
      assertThat(ask(restored, "SELECT push FROM notification_alerts WHERE owner = 'opted-out'"))
          .isEqualTo("f");
      assertThat(ask(restored, "SELECT push FROM notification_alerts WHERE owner = 'same'"))
          .isEqualTo("f");
      assertThat(
              ask(
                  restored,
                  "SELECT string_agg(owner, ' ' ORDER BY owner) FROM notification_alerts"
                      + " WHERE NOT delivery_receipts"))
          .as("what is later in the restored one stays as it is")
          .isEqualTo("opted-out same");
      assertThat(ask(restored, "SELECT count(*) FROM device WHERE id = 'deleted'")).isEqualTo("0");
      assertThat(ask(restored, "SELECT revoked_at IS NULL FROM device WHERE id = 'revoked'"))
          .isEqualTo("f");
      assertThat(ask(restored, "SELECT push_sealed IS NULL FROM device WHERE id = 'moved'"))
          .isEqualTo("t");
      assertThat(ask(restored, "SELECT push_sealed IS NULL FROM device WHERE id = 'same'"))
          .isEqualTo("f");
      assertThat(ask(restored, "SELECT count(*) FROM push_address")).isEqualTo("0");
    }
  }

  @Test
  void everyColumnOfTheAlertsIsReplayed() throws Exception {
    try (Connection owner = rds.byToken("towncrier", "towncrier_owner")) {
      String columns =
          ask(
              owner,
              "SELECT string_agg(column_name, ',') FROM information_schema.columns"
                  + " WHERE table_schema = 'public' AND table_name = 'notification_alerts'");
      for (String script : new String[] {"database/forbidden.sql", "database/replay.sql"}) {
        assertThat(Files.readString(Path.of(script))).contains(columns.split(","));
      }
    }
  }

  // The statements between two lines of psql's own go as they stand.
  private void replay(Connection restored) throws Exception {
    StringBuilder statements = new StringBuilder();
    for (String line : lines("database/replay.sql")) {
      Matcher copy = COPY_IN.matcher(line);
      if (copy.matches()) {
        execute(restored, statements.toString());
        statements.setLength(0);
        restored
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY " + copy.group(1) + " FROM STDIN CSV",
                new ByteArrayInputStream(files.get(copy.group(2))));
      } else if (!line.startsWith("\\set ")) {
        statements.append(line).append('\n');
      }
    }
    execute(restored, statements.toString());
  }

  private static String[] lines(String script) throws Exception {
    return new String(Files.readAllBytes(Path.of(script)), StandardCharsets.UTF_8).split("\n", -1);
  }
}
