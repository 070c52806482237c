package io.towncrier.notices.rollout.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.notices.rollout.ToldPhones;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The phones of routers in PostgreSQL. The statements join tables of the features below. */
@ApplicationScoped
class PostgresToldPhones implements ToldPhones {
  private static final String OWN_KIND =
      """
      SELECT CASE product.kind WHEN 'APP' THEN 'PHONE' ELSE 'ROUTER' END AS device_kind
      FROM product WHERE product.id = $1
      """;

  private static final String OF_ROUTERS =
      """
      SELECT count(DISTINCT linked.id) AS phones, count(*) AS links FROM (
        SELECT phone.id FROM device
        JOIN device_account AS mine ON mine.device_id = device.id
        JOIN device_account AS shared ON shared.account_id = mine.account_id
        JOIN device AS phone ON phone.id = shared.device_id
        WHERE device.product_id = $1 AND device.kind = 'ROUTER'
          AND phone.kind = 'PHONE' AND phone.revoked_at IS NULL
        LIMIT $2) AS linked
      """;

  private final Database database;

  PostgresToldPhones(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Device.Kind>> ownKind(String product) {
    return database
        .rows(OWN_KIND, row -> Device.Kind.valueOf(row.text("device_kind")), product)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Phones> ofRouters(String product, int limit) {
    return database
        .rows(
            OF_ROUTERS,
            row -> new Phones(row.number("phones"), row.number("links") < limit),
            product,
            (long) limit)
        .map(rows -> rows.get(0));
  }
}
