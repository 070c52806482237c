package io.towncrier.testing;

import io.towncrier.platform.Ids;

/** Notices that were planned for a device, without an operator. */
public final class PlannedNotices {
  private PlannedNotices() {}

  /** An announcement that is due now; its id. */
  public static String add(String deviceId) {
    String notice = Ids.next("ntc");
    Sql.run(
        """
        INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author,
          created_at, started_at, revision)
        VALUES (?, 'ANNOUNCEMENT', 'en', '{"en":{"title":"T","body":"B"}}',
          '{"products":[],"countries":[],"languages":[]}', 3600, 'STARTED', 'a', now(), now(), 0)
        """,
        notice);
    Sql.run(
        """
        INSERT INTO push_content (notice_id, category, default_language, texts, expires_at)
        VALUES (?, 'announcement', 'en', '{"en":{"title":"T","body":"B"}}', now() + interval '1 h')
        """,
        notice);
    Sql.run(
        "INSERT INTO delivery (notice_id, device_id, due_at) VALUES (?, ?, now())",
        notice,
        deviceId);
    return notice;
  }
}
