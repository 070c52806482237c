package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.vendors.QuotaAnswer;
import io.towncrier.delivery.vendors.VendorQuota;
import io.towncrier.delivery.vendors.VendorQuotas;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Quotas of vendors in PostgreSQL. */
@ApplicationScoped
class PostgresVendorQuotas implements VendorQuotas {
  private static final String FIND =
      """
      SELECT ask.asked_at, ask.told_at, ask.not_told
      FROM vendor_quota_ask AS ask
      WHERE ask.account_id = $1
      """;

  private static final String QUOTAS =
      """
      SELECT quota.vendor, quota.total, quota.remaining, quota.limited
      FROM vendor_quota AS quota
      WHERE quota.account_id = $1
      ORDER BY quota.vendor
      """;

  // A little less than an hour: a server looks once an hour, and not always at the same second.
  private static final String IS_TIME =
      """
      SELECT 1 AS waited FROM vendor_quota_ask AS ask
      WHERE ask.account_id = $1 AND ask.asked_at > now() - interval '55 minutes'
      """;

  private static final String TAKE_TURN =
      """
      INSERT INTO vendor_quota_ask AS ask (account_id, asked_at) VALUES ($1, now())
      ON CONFLICT (account_id) DO UPDATE SET asked_at = excluded.asked_at
      WHERE ask.asked_at <= now() - interval '55 minutes'
      """;

  private static final String NOT_TOLD =
      "UPDATE vendor_quota_ask SET not_told = $2 WHERE vendor_quota_ask.account_id = $1";

  private static final String TOLD =
      """
      WITH told AS (
        UPDATE vendor_quota_ask SET not_told = NULL, told_at = now()
        WHERE vendor_quota_ask.account_id = $1),
      gone AS (
        DELETE FROM vendor_quota AS quota
        WHERE quota.account_id = $1 AND quota.vendor <> ALL ($2::text[]))
      INSERT INTO vendor_quota (account_id, vendor, total, remaining, limited)
      SELECT $1, now.vendor, now.total, now.remaining, now.limited
      FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::boolean[])
        AS now (vendor, total, remaining, limited)
      ON CONFLICT (account_id, vendor) DO UPDATE
      SET total = excluded.total, remaining = excluded.remaining, limited = excluded.limited
      """;

  private final Database database;

  PostgresVendorQuotas(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Kept>> find(String account) {
    return database
        .rows(QUOTAS, PostgresVendorQuotas::quota, account)
        .chain(quotas -> database.rows(FIND, row -> kept(row, quotas), account))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<Boolean> takeTurn(String account) {
    return database
        .rows(IS_TIME, row -> true, account)
        .chain(
            waited ->
                waited.isEmpty()
                    ? database.update(TAKE_TURN, account).map(taken -> taken > 0)
                    : Uni.createFrom().item(false));
  }

  @Override
  public Uni<Void> keep(String account, QuotaAnswer answer) {
    if (answer instanceof QuotaAnswer.NotTold no) {
      return database.update(NOT_TOLD, account, no.code()).replaceWithVoid();
    } else if (answer instanceof QuotaAnswer.Told told) {
      List<VendorQuota> quotas = told.quotas();
      return database
          .update(
              TOLD,
              account,
              quotas.stream().map(VendorQuota::vendor).toArray(String[]::new),
              numbers(quotas, VendorQuota::total),
              numbers(quotas, VendorQuota::remaining),
              quotas.stream().map(VendorQuota::limited).toArray(Boolean[]::new))
          .replaceWithVoid();
    }
    throw new ForgottenCase(answer);
  }

  private static @Nullable Long[] numbers(
      List<VendorQuota> quotas, Function<VendorQuota, Optional<Long>> number) {
    return quotas.stream().map(quota -> number.apply(quota).orElse(null)).toArray(Long[]::new);
  }

  private static Kept kept(Row row, List<VendorQuota> quotas) {
    return new Kept(
        row.instant("asked_at"),
        row.optionalText("not_told"),
        row.optionalInstant("told_at"),
        quotas);
  }

  private static VendorQuota quota(Row row) {
    return new VendorQuota(
        row.text("vendor"),
        row.optionalNumber("total"),
        row.optionalNumber("remaining"),
        row.flag("limited"));
  }
}
