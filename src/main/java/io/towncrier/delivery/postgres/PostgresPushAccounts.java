package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.delivery.pacing.PruneFuse;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.pacing.SendBudget;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Push accounts in PostgreSQL. */
@ApplicationScoped
class PostgresPushAccounts implements PushAccounts {
  // In place of a product, none of which begins like it: the breaker for all with one credential.
  private static final char CREDENTIAL = '#';

  private static final String FIND =
      """
      SELECT account.ordinary, account.reserved, account.as_of, account.ramp_from, account.pace,
        account.slowed_at, account.slowed_until, account.fuse_from, account.fuse_pushes,
        account.fuse_gone, account.fuse_until, clock_timestamp() AS now
      FROM push_account AS account
      WHERE account.id = $1
      """;

  private static final String BREAKERS =
      """
      SELECT breaker.product_id, breaker.failures, breaker.open_until, breaker.because,
        breaker.window_from, breaker.answered, breaker.unanswered, breaker.probed
      FROM push_breaker AS breaker
      WHERE breaker.account_id = $1
        AND (breaker.product_id = $2 OR NOT starts_with(breaker.product_id, '#'))
      """;

  private static final String NOW = "SELECT clock_timestamp() AS now";

  private static final String ADD =
      """
      INSERT INTO push_account (id, ordinary, reserved, as_of, ramp_from, pace, slowed_at,
        slowed_until, fuse_from, fuse_pushes, fuse_gone, fuse_until)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String SAVE =
      """
      UPDATE push_account
      SET ordinary = $2, reserved = $3, as_of = $4, ramp_from = $5, pace = $6, slowed_at = $7,
        slowed_until = $8, fuse_from = $9, fuse_pushes = $10, fuse_gone = $11, fuse_until = $12
      WHERE push_account.id = $1
      """;

  // One statement: the lock on the account is what every claim waits for.
  private static final String SAVE_AND_COUNT =
      "WITH saved AS ("
          + SAVE
          + """
          )
          INSERT INTO notice_sent (notice_id, accepted)
          SELECT sent.notice_id, sent.accepted
          FROM unnest($13::text[], $14::bigint[]) AS sent (notice_id, accepted)
          ON CONFLICT (notice_id) DO UPDATE
          SET accepted = notice_sent.accepted + excluded.accepted
          """;

  private static final String SAVE_BREAKER =
      """
      INSERT INTO push_breaker (account_id, product_id, failures, open_until, because, window_from,
        answered, unanswered, probed)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (account_id, product_id) DO UPDATE
      SET failures = excluded.failures, open_until = excluded.open_until,
        because = excluded.because, window_from = excluded.window_from,
        answered = excluded.answered, unanswered = excluded.unanswered, probed = excluded.probed
      """;

  private final Database database;

  PostgresPushAccounts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Known> lock(AccountId id, Limits limits) {
    return known(id, FIND + "FOR UPDATE")
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : add(id, limits).chain(() -> known(id, FIND + "FOR UPDATE")))
        .map(Optional::orElseThrow);
  }

  // As NOWAIT, without an error that would end the transaction.
  @Override
  public Uni<Optional<Known>> tryLock(AccountId id, Limits limits) {
    return known(id, FIND + "FOR UPDATE SKIP LOCKED")
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : find(id).chain(there -> held(id, limits, there.isPresent())));
  }

  private Uni<Optional<Known>> held(AccountId id, Limits limits, boolean there) {
    return there ? Uni.createFrom().item(Optional.empty()) : lock(id, limits).map(Optional::of);
  }

  @Override
  public Uni<Optional<Known>> find(AccountId id) {
    return known(id, FIND);
  }

  @Override
  public Uni<Void> save(PushAccount account, SortedMap<String, Long> accepted) {
    Uni<Integer> saved =
        accepted.isEmpty()
            ? database.update(SAVE, columns(account))
            : database.update(SAVE_AND_COUNT, columns(account, accepted));
    for (Map.Entry<String, Breaker> entry : account.byProduct().entrySet()) {
      saved = saved.chain(() -> save(account.id().project(), entry.getKey(), entry.getValue()));
    }
    return saved
        .chain(() -> save(account.id().project(), all(account.id()), account.breaker()))
        .replaceWithVoid();
  }

  private static String all(AccountId id) {
    return CREDENTIAL + id.credential();
  }

  private Uni<Integer> save(String account, String product, Breaker breaker) {
    return database.update(
        SAVE_BREAKER,
        account,
        product,
        breaker.failures(),
        time(breaker.openUntil()),
        breaker.because().orElse(null),
        time(breaker.windowFrom()),
        breaker.answered(),
        breaker.unanswered(),
        breaker.probed());
  }

  private Uni<Integer> add(AccountId id, Limits limits) {
    return database
        .rows(NOW, row -> row.instant("now"))
        .chain(
            now ->
                database.update(
                    ADD,
                    columns(
                        new PushAccount(
                            id,
                            SendBudget.fresh(limits, now.get(0)),
                            PruneFuse.NEW,
                            Breaker.CLOSED,
                            Map.of()))));
  }

  private Uni<Optional<Known>> known(AccountId id, String sql) {
    return database
        .rows(sql, row -> known(id, row), id.project())
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : database
                        .rows(
                            BREAKERS,
                            row -> Map.entry(row.text("product_id"), breaker(row)),
                            id.project(),
                            all(id))
                        .map(breakers -> Optional.of(with(found.get(0), breakers))));
  }

  private static Known with(Known known, List<Map.Entry<String, Breaker>> breakers) {
    Map<String, Breaker> byProduct = new TreeMap<>();
    breakers.forEach(entry -> byProduct.put(entry.getKey(), entry.getValue()));
    PushAccount account = known.account();
    Breaker all = Optional.ofNullable(byProduct.remove(all(account.id()))).orElse(Breaker.CLOSED);
    // Of all credentials together, as the version before kept it.
    byProduct.remove("");
    return new Known(
        new PushAccount(account.id(), account.budget(), account.fuse(), all, byProduct),
        known.now());
  }

  private static Known known(AccountId id, Row row) {
    return new Known(
        new PushAccount(
            id,
            new SendBudget(
                row.real("ordinary"),
                row.real("reserved"),
                row.instant("as_of"),
                row.instant("ramp_from"),
                row.real("pace"),
                row.instant("slowed_at"),
                row.instant("slowed_until")),
            new PruneFuse(
                row.instant("fuse_from"),
                (int) row.number("fuse_pushes"),
                (int) row.number("fuse_gone"),
                row.instant("fuse_until")),
            Breaker.CLOSED,
            Map.of()),
        row.instant("now"));
  }

  private static Breaker breaker(Row row) {
    return new Breaker(
        (int) row.number("failures"),
        row.instant("open_until"),
        row.flag("probed"),
        row.optionalText("because"),
        row.instant("window_from"),
        (int) row.number("answered"),
        (int) row.number("unanswered"));
  }

  private static Object[] columns(PushAccount account) {
    SendBudget budget = account.budget();
    PruneFuse fuse = account.fuse();
    return new Object[] {
      account.id().project(),
      budget.ordinary(),
      budget.reserved(),
      time(budget.asOf()),
      time(budget.rampFrom()),
      budget.pace(),
      time(budget.slowedAt()),
      time(budget.slowedUntil()),
      time(fuse.windowFrom()),
      fuse.pushes(),
      fuse.gone(),
      time(fuse.blownUntil())
    };
  }

  private static Object[] columns(PushAccount account, SortedMap<String, Long> accepted) {
    Object[] all = columns(account);
    Object[] counted = Arrays.copyOf(all, all.length + 2);
    counted[all.length] = accepted.keySet().toArray(String[]::new);
    counted[all.length + 1] = accepted.values().toArray(Long[]::new);
    return counted;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
