package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Accounts;
import io.towncrier.devices.KeptOptOuts;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Secret;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.rights.People;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The accounts of people in PostgreSQL, as far as their rights are concerned. */
@ApplicationScoped
class PostgresPeople implements People {
  private final Database database;
  private final Accounts accounts;
  private final KeptOptOuts optOuts;
  private final SendFence fence;

  PostgresPeople(Database database, Accounts accounts, KeptOptOuts optOuts, SendFence fence) {
    this.database = database;
    this.accounts = accounts;
    this.optOuts = optOuts;
    this.fence = fence;
  }

  @Override
  public Indexes indexOf(Secret subject) {
    return accounts.subject(subject).index();
  }

  @Override
  public Uni<Optional<String>> hold(Indexes index) {
    return database
        .rows(AccountSql.HOLD, row -> row.text("id"), KeyedHashes.of(index.all()))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<Optional<Account>> lock(Indexes index) {
    return database
        .rows(
            AccountSql.LOCK,
            row ->
                new Account(
                    row.text("id"),
                    new Sealed(row.optionalBytes("subject_sealed").orElseThrow()),
                    row.instant("created_at")),
            KeyedHashes.of(index.all()))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<List<String>> ids(String after, int limit) {
    return database.rows(AccountSql.IDS, row -> row.text("id"), after, (long) limit);
  }

  @Override
  public Uni<List<String>> cutOff(String account) {
    return database
        .rows(AccountSql.LOCK_LINKED, row -> row.text("id"), account)
        .call(devices -> optOuts.keep(account, devices))
        .call(
            devices -> {
              String[] ids = devices.toArray(String[]::new);
              Uni<Integer> all = database.update(ProcessorSql.OF_ACCOUNT, account, ids);
              for (String next :
                  List.of(
                      ProcessorSql.FURTHER_OF_ACCOUNT,
                      AccountSql.DROP_ADDRESSES,
                      AccountSql.VOID_PROOFS,
                      AccountSql.DROP_PROOFS,
                      AccountSql.CLEAR_ALL)) {
                all = all.chain(() -> database.update(next, account, ids));
              }
              return all;
            })
        .call(() -> database.update(AccountSql.UNLINK_ALL, account))
        .call(() -> database.update(AccountSql.DELETE, account));
  }

  @Override
  public Uni<Void> awaitNothingInFlight(String owner) {
    return fence.awaitNothingInFlight(owner);
  }
}
