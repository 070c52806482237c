package io.towncrier.fleet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Changes devices at random, in transactions some of which are aborted or killed; how many. */
final class RandomChanges implements Callable<Integer> {
  private static final int TRANSACTIONS = 150;

  private final Random random;
  private final String product;
  private final List<String> devices = new ArrayList<>();

  RandomChanges(long seed) {
    this.random = new Random(seed);
    // Two writers have each product, so that their changes meet in one group.
    this.product = "random-" + seed % 2;
  }

  @Override
  public Integer call() throws SQLException {
    int killed = 0;
    for (int i = 0; i < TRANSACTIONS; i++) {
      int fate = random.nextInt(10);
      try (Connection connection = FleetRows.connect();
          Statement sql = connection.createStatement()) {
        connection.setAutoCommit(false);
        List<String> before = List.copyOf(devices);
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
          change(sql);
        }
        if (fate == 0) {
          kill(sql);
          killed++;
        } else if (fate < 3) {
          connection.rollback();
        } else {
          connection.commit();
        }
        if (fate < 3) {
          devices.clear();
          devices.addAll(before);
        }
      }
    }
    return killed;
  }

  private void change(Statement sql) throws SQLException {
    int what = random.nextInt(7);
    if (devices.isEmpty() || what < 2) {
      devices.add(FleetRows.add(sql, product, "1." + random.nextInt(3)));
      return;
    }
    int which = random.nextInt(devices.size());
    String change =
        switch (what) {
          case 2 -> "UPDATE device SET version = '1." + random.nextInt(3) + "'";
          case 3 -> "UPDATE device SET country = NULL, language = 'fr', time_zone = 'UTC'";
          case 4 -> "UPDATE device SET last_seen_on = last_seen_on + 1";
          case 5 -> "UPDATE device SET revoked_at = coalesce(revoked_at, now())";
          default -> "DELETE FROM device";
        };
    sql.execute(change + " WHERE id = '" + devices.get(which) + "'");
    if (what == 6) {
      devices.remove(which);
    }
  }

  private static void kill(Statement sql) throws SQLException {
    try (ResultSet own = sql.executeQuery("SELECT pg_backend_pid()")) {
      own.next();
      FleetRows.number(
          "SELECT CASE WHEN pg_terminate_backend(" + own.getInt(1) + ", 5000) THEN 1 END");
    }
  }
}
