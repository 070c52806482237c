package io.towncrier.notices.planning.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.planning.DeliveryPlan;
import io.towncrier.notices.planning.Recipient;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans into the outbox. */
@ApplicationScoped
class PostgresDeliveryPlan implements DeliveryPlan {
  // Devices are locked as the foreign key does it, and in everybody's order: who goes meanwhile is
  // passed by, and fails no page.
  private static final String ADD =
      """
      INSERT INTO delivery (notice_id, device_id, about_device_id, due_at, state, reason,
        finished_at, provider)
      SELECT $1::text, planned.device_id, planned.about, planned.due_at,
        CASE WHEN planned.reason IS NULL THEN 'PENDING' ELSE 'SUPPRESSED' END, planned.reason,
        CASE WHEN planned.reason IS NOT NULL THEN now() END, planned.provider
      FROM (
        SELECT device.id AS device_id, told.about, told.due_at, told.reason,
          coalesce(device.push_provider, 'fcm') AS provider
        FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[])
          AS told (device_id, about, due_at, reason)
        JOIN device ON device.id = told.device_id
        WHERE device.revoked_at IS NULL
        ORDER BY device.id
        FOR KEY SHARE OF device) AS planned
      ON CONFLICT (notice_id, device_id) DO NOTHING
      """;

  private final Database database;

  PostgresDeliveryPlan(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Integer> add(String notice, List<Recipient> recipients) {
    return database.update(
        ADD,
        notice,
        texts(recipients, Recipient::device),
        texts(recipients, one -> one.about().orElse(null)),
        recipients.stream()
            .map(one -> one.due().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new),
        texts(recipients, one -> one.suppressed().map(Suppression::code).orElse(null)));
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
