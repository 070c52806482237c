package io.towncrier.delivery;

import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.TestKeys;
import io.towncrier.privacy.Vault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Devices with a delivery each, in a database that no service of ours has filled. */
public final class KillField {
  public static final String MASTER_KEY = TestKeys.MASTER_KEY;

  /** Of all deliveries. */
  public static final String NOTICE = "ntc_0000000000000000000000ki11";

  private static final int PART = 10_000;

  private static final String ADD_DEVICE =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        secret_index, registered_at, last_seen_on, revision, push_provider, push_kind,
        push_sealed, push_index)
      VALUES (?, 'PHONE', 'none', '1', 'DE', 'UTC', 'en', 'stable', '\\x00', now(), current_date,
        0, 'fcm', 'TOKEN', ?, decode(md5(?), 'hex'))
      """;

  private static final String ADD_NOTICE =
      """
      INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author,
        created_at, started_at, revision)
      VALUES ('ntc_0000000000000000000000ki11', 'ANNOUNCEMENT', 'en', '{"en":{"title":"T","body":"B"}}',
        '{"products":[],"countries":[],"languages":[]}', 86400, 'STARTED', 'a', now(), now(), 0);
      INSERT INTO push_content (notice_id, category, default_language, texts, expires_at)
      VALUES ('ntc_0000000000000000000000ki11', 'announcement', 'en', '{"en":{"title":"T","body":"B"}}',
        now() + interval '1 day');
      INSERT INTO delivery (notice_id, device_id, due_at)
      SELECT 'ntc_0000000000000000000000ki11', device.id, now() FROM device
      """;

  /** Where the database is. */
  public interface Connector {
    Connection connect() throws SQLException;
  }

  private final Connector postgres;
  private int count;
  private String acceptedSince = "-infinity";

  public KillField(Connector postgres) {
    this.postgres = postgres;
  }

  public static String addressOf(String device) {
    return "tok-" + device;
  }

  public List<String> devices() {
    return IntStream.range(0, count).mapToObj(i -> "dev_%026d".formatted(i)).toList();
  }

  public void plan(int deliveries) throws SQLException {
    count = deliveries;
    try (Connection connection = postgres.connect();
        PreparedStatement add = connection.prepareStatement(ADD_DEVICE);
        Statement plan = connection.createStatement()) {
      int added = 0;
      Vault vault = TestKeys.vaultOf(connection);
      for (String device : devices()) {
        add.setString(1, device);
        add.setBytes(
            2, vault.seal(new Secret(addressOf(device)), PushAddress.placeOf(device)).bytes());
        add.setString(3, device);
        add.addBatch();
        if (++added % PART == 0) {
          add.executeBatch();
        }
      }
      add.executeBatch();
      plan.execute(ADD_NOTICE);
    }
  }

  /** Devices whose delivery was recorded since the last call. */
  List<String> newlyAccepted() throws SQLException {
    List<String> found = new ArrayList<>();
    String sql =
        """
        SELECT delivery.device_id, delivery.finished_at::text FROM delivery
        WHERE delivery.state = 'ACCEPTED' AND delivery.finished_at > '%s'
        ORDER BY delivery.finished_at
        """
            .formatted(acceptedSince);
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
        acceptedSince = rows.getString(2);
      }
    }
    return found;
  }

  public void awaitNothingWaits() throws SQLException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(20).toNanos();
    while (System.nanoTime() < end && states().keySet().stream().anyMatch(KillField::waits)) {
      Thread.sleep(1_000);
    }
  }

  public Map<String, Long> states() throws SQLException {
    Map<String, Long> states = new TreeMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT state, count(*) FROM delivery GROUP BY state")) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getLong(2));
      }
    }
    return states;
  }

  private static boolean waits(String state) {
    return state.equals("PENDING") || state.equals("SENDING");
  }
}
