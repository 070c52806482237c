package io.towncrier.privacy.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.KeyCheckStore;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The check values in their table, and what was sealed before there was one. */
@ApplicationScoped
class PostgresKeyChecks implements KeyCheckStore {
  private static final String VALUES = "SELECT key_check.version, key_check.value FROM key_check";

  // Which of the two keys of a mixed database is the installation's: that of its oldest value.
  // Asked
  // once in the life of a database, so it needs no index.
  private static final String OLDEST =
      """
      (SELECT 'account' AS table_name, 'subject_sealed' AS column_name, account.id,
         account.subject_sealed AS sealed, account.created_at
       FROM account ORDER BY account.created_at LIMIT 1)
      UNION ALL
      (SELECT 'device', 'push_sealed', device.id, device.push_sealed, device.registered_at
       FROM device WHERE device.push_sealed IS NOT NULL ORDER BY device.registered_at LIMIT 1)
      UNION ALL
      (SELECT 'device', 'push_sealed', push_proof.device_id, push_proof.sealed, device.registered_at
       FROM push_proof JOIN device ON device.id = push_proof.device_id
       ORDER BY device.registered_at LIMIT 1)
      ORDER BY 5
      LIMIT 1
      """;

  private static final String IS_KEYED =
      "SELECT EXISTS (SELECT FROM device) OR EXISTS (SELECT FROM account) AS keyed";

  private static final String KEEP =
      """
      INSERT INTO key_check (version, value)
      VALUES ($1, $2)
      ON CONFLICT DO NOTHING
      """;

  private final Database database;

  PostgresKeyChecks(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Known> known() {
    return database
        .rows(
            VALUES,
            row -> Map.entry((int) row.number("version"), row.optionalBytes("value").orElseThrow()))
        .chain(
            rows -> {
              Map<Integer, byte[]> values = new HashMap<>();
              rows.forEach(row -> values.put(row.getKey(), row.getValue()));
              return values.isEmpty()
                  ? before()
                  : Uni.createFrom().item(new Known(values, Optional.empty(), true));
            });
  }

  @Override
  public Uni<Boolean> keep(int version, byte[] value) {
    return database.update(KEEP, version, Buffer.buffer(value)).map(rows -> rows == 1);
  }

  private Uni<Known> before() {
    return database
        .rows(OLDEST, PostgresKeyChecks::sample)
        .chain(
            (List<Sample> oldest) ->
                database
                    .rows(IS_KEYED, row -> row.flag("keyed"))
                    .map(keyed -> new Known(Map.of(), oldest.stream().findFirst(), keyed.get(0))));
  }

  private static Sample sample(Row row) {
    return new Sample(
        new Sealed(row.optionalBytes("sealed").orElseThrow()),
        new Place(row.text("table_name"), row.text("column_name"), row.text("id")));
  }
}
