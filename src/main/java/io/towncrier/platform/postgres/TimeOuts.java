package io.towncrier.platform.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * The bounds of time that the database role must have (docs/adr/0029): looked at, never set, since
 * a pooler refuses or loses what is set on a connection.
 */
final class TimeOuts {
  /** A row for each bound: name, milliseconds in force, whether the role has a value of its own. */
  static final String SHOW =
      """
      SELECT setting.name, setting.setting::bigint, EXISTS (
          SELECT 1 FROM pg_db_role_setting AS given
          JOIN pg_roles AS role ON role.oid = given.setrole
          CROSS JOIN LATERAL unnest(given.setconfig) AS one (text)
          WHERE role.rolname = session_user
            AND given.setdatabase IN (0, (
              SELECT here.oid FROM pg_database AS here WHERE here.datname = current_database()))
            AND starts_with(one.text, setting.name || '='))
      FROM pg_settings AS setting
      WHERE setting.name IN ('idle_in_transaction_session_timeout', 'lock_timeout')
      ORDER BY setting.name
      """;

  private static final long MOST_IDLE = 5_000;
  private static final long LONGEST_WAIT = 4_000;
  private static final String IDLE = "idle_in_transaction_session_timeout";

  private TimeOuts() {}

  /** What is wrong, each with how it is put right; pure. */
  static List<String> defects(List<Shown> all) {
    List<String> defects = new ArrayList<>();
    for (Shown one : all) {
      long most = most(one.name());
      // A pooler may give us a connection that it opened before the role had its values.
      if ((one.millis() <= 0 || one.millis() > most) && !one.ofRole()) {
        defects.add(
            "%s is %d ms; say ALTER ROLE ... SET %s = '%dms' for the role that Towncrier signs in as"
                .formatted(one.name(), one.millis(), one.name(), most));
      }
    }
    return defects;
  }

  private static long most(String name) {
    return name.equals(IDLE) ? MOST_IDLE : LONGEST_WAIT;
  }

  /**
   * As PostgreSQL shows it.
   *
   * @param millis 0: no bound
   * @param ofRole whether connections that are opened from now on have a value by their role
   */
  record Shown(String name, long millis, boolean ofRole) {}
}
