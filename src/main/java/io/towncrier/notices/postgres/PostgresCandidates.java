package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.planning.Candidate;
import io.towncrier.notices.planning.Candidates;
import io.towncrier.notices.planning.Phone;
import io.towncrier.notices.schedule.Place;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fleet in PostgreSQL, as the planning of notices goes through it. */
@ApplicationScoped
class PostgresCandidates implements Candidates {
  // What is looked at for one that may be found: most of an audience is close together.
  private static final long LOOKED_AT = 10;
  // More of them cost more than the rest of the fleet.
  private static final int MOST_PRODUCTS = 10;

  private final Database database;

  PostgresCandidates(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Range> range(Selection selection, String after, int limit, Instant registeredBy) {
    List<String> products = selection.audience().products().stream().distinct().toList();
    boolean byProduct = !products.isEmpty() && products.size() <= MOST_PRODUCTS;
    String[] walked = byProduct ? products.toArray(String[]::new) : new String[0];
    return end(after, limit * LOOKED_AT, walked)
        .chain(
            end ->
                found(selection, after, end.orElse(null), limit, utc(registeredBy), walked)
                    .map(found -> range(found, end, limit, after)));
  }

  private Uni<Optional<String>> end(String after, long looked, String[] products) {
    return (products.length == 0
            ? database.rows(CandidateSql.END, row -> row.text("id"), after, looked)
            : database.rows(
                CandidateSql.END_OF_PRODUCTS, row -> row.text("id"), after, looked, products))
        .map(rows -> rows.stream().findFirst());
  }

  private Uni<List<Candidate>> found(
      Selection selection,
      String after,
      @Nullable String end,
      int limit,
      OffsetDateTime registeredBy,
      String[] products) {
    RecipientSql of = RecipientSql.of(selection);
    return products.length == 0
        ? database.rows(
            filled(CandidateSql.RANGE, of, 4),
            PostgresCandidates::candidate,
            of.with(registeredBy, after, end, (long) limit))
        : database.rows(
            filled(CandidateSql.RANGE_OF_PRODUCTS, of, 5),
            PostgresCandidates::candidate,
            of.with(registeredBy, after, end, (long) limit, products));
  }

  private static Range range(List<Candidate> found, Optional<String> end, int limit, String after) {
    if (found.size() == limit) {
      return new Range(found, found.get(limit - 1).device(), false);
    }
    return end.map(last -> new Range(found, last, false))
        .orElseGet(() -> new Range(found, after, true));
  }

  @Override
  public Uni<List<Candidate>> among(
      Selection selection, List<String> devices, Instant registeredBy) {
    RecipientSql of = RecipientSql.of(selection);
    return database.rows(
        filled(CandidateSql.AMONG, of, 2),
        PostgresCandidates::candidate,
        of.with(utc(registeredBy), devices.toArray(String[]::new)));
  }

  @Override
  public Uni<List<String>> linkedTo(List<String> accounts) {
    return database.rows(
        CandidateSql.LINKED,
        row -> row.text("device_id"),
        (Object) accounts.toArray(String[]::new));
  }

  @Override
  public Uni<List<Phone>> phonesOf(List<String> routers) {
    return database.rows(
        CandidateSql.PHONES,
        row ->
            new Phone(
                row.text("router_id"),
                row.text("phone_id"),
                place(row),
                row.instant("registered_at")),
        (Object) routers.toArray(String[]::new));
  }

  @Override
  public Uni<List<String>> routersOf(String phone) {
    return database.rows(CandidateSql.ROUTERS, row -> row.text("id"), phone);
  }

  private static Candidate candidate(Row row) {
    return new Candidate(
        row.text("id"),
        Device.Kind.valueOf(row.text("kind")),
        row.text("version"),
        row.text("language"),
        place(row),
        row.instant("registered_at"));
  }

  private static Place place(Row row) {
    return new Place(row.text("time_zone"), row.text("country"));
  }

  /** The statement with the conditions, and so many parameters behind theirs. */
  private static String filled(String statement, RecipientSql of, int parameters) {
    Object[] values = new Object[parameters + 1];
    values[0] = of.conditions();
    for (int i = 1; i <= parameters; i++) {
      values[i] = of.parameter(i);
    }
    return statement.formatted(values);
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
