package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.platform.time.TimeZoneId;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.updates.Fleet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the registered devices last said of themselves, without anything that reaches them. */
@ApplicationScoped
class PostgresFleet implements Fleet {
  private static final String MEMBER =
      """
      SELECT device.id, device.product_id, device.version, device.country, device.time_zone,
        device.language, device.channel, device.cohort, device.hardware, device.release_counter,
        device.counter_unreadable
      FROM device
      """;

  private static final String FIND = MEMBER + "WHERE device.id = $1";

  private static final String PAGE =
      MEMBER
          + """
          WHERE device.product_id = $1 AND device.id > $2 AND device.revoked_at IS NULL
          ORDER BY device.id LIMIT $3
          """;

  private static final String PAGE_OF_OWN_KIND =
      MEMBER
          + """
          WHERE device.product_id = $1 AND device.id > $2
            AND device.kind = (
              SELECT CASE product.kind WHEN 'APP' THEN 'PHONE' ELSE 'ROUTER' END
              FROM product WHERE product.id = $1)
          ORDER BY device.id LIMIT $3
          """;

  private static final String IS_OF_OWN_KIND =
      """
      SELECT (device.kind = 'PHONE') = (product.kind = 'APP') AS of_own_kind
      FROM device JOIN product ON product.id = device.product_id
      WHERE device.id = $1
      """;

  private final Database database;

  PostgresFleet(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Member>> find(String deviceId) {
    return database
        .rows(FIND, PostgresFleet::member, deviceId)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<List<Member>> page(String product, String after, int limit) {
    return database.rows(PAGE, PostgresFleet::member, product, after, limit);
  }

  @Override
  public Uni<List<Member>> pageOfOwnKind(String product, String after, int limit) {
    return database.rows(PAGE_OF_OWN_KIND, PostgresFleet::member, product, after, limit);
  }

  @Override
  public Uni<Boolean> isOfOwnKind(String deviceId) {
    return database
        .rows(IS_OF_OWN_KIND, row -> row.flag("of_own_kind"), deviceId)
        .map(rows -> rows.contains(true));
  }

  private static Member member(Row row) {
    return new Member(
        row.text("id"),
        row.text("product_id"),
        new ClientFacts(
            row.text("version"),
            row.optionalText("country").map(CountryCode::new),
            row.optionalText("time_zone").flatMap(TimeZoneId::parse),
            row.optionalText("language").map(LanguageTag::new),
            row.text("channel"),
            row.optionalText("cohort"),
            row.optionalText("hardware"),
            row.optionalNumber("release_counter")
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty),
            Optional.of(row.text("id")),
            false,
            row.flag("counter_unreadable") ? Ignored.NONE.and(Fact.COUNTER) : Ignored.NONE));
  }
}
