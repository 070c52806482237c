package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.Indexes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that is kept of a person, of accounts that are restricted too, as of one moment. */
@ApplicationScoped
public class ExportSubject {
  private final People people;
  private final ErasureStore erasures;
  private final List<PersonalDataStore> stores;
  private final Transactions transactions;
  private final InstantSource clock;

  ExportSubject(
      People people,
      ErasureStore erasures,
      @Any Instance<PersonalDataStore> stores,
      Transactions transactions,
      InstantSource clock) {
    this.people = people;
    this.erasures = erasures;
    this.stores = stores.stream().toList();
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Without accounts for somebody of whom nothing is kept; writes nothing. */
  public Uni<Export> run(Secret subject) {
    Indexes index = people.indexOf(subject);
    return transactions.inTransaction(
        () ->
            people
                .hold(index)
                .chain(
                    account ->
                        erasures
                            .hold(index)
                            .map(
                                restricted -> {
                                  List<String> all = new ArrayList<>(account.stream().toList());
                                  all.addAll(restricted);
                                  return all;
                                }))
                .chain(this::export));
  }

  private Uni<Export> export(List<String> accounts) {
    return Multi.createFrom()
        .iterable(accounts)
        .onItem()
        .transformToUniAndConcatenate(this::of)
        .collect()
        .asList()
        .map(all -> new Export(clock.instant(), all));
  }

  private Uni<OfAccount> of(String account) {
    return Multi.createFrom()
        .iterable(stores)
        .onItem()
        .transformToUniAndConcatenate(store -> store.export(account))
        .collect()
        .in(TreeMap<String, List<String>>::new, TreeMap::putAll)
        .map(data -> new OfAccount(account, data));
  }

  /** What is kept of a person. */
  public record Export(Instant at, List<OfAccount> accounts) {}

  /**
   * What is kept of one account.
   *
   * @param data JSON objects, one for each row, by table
   */
  public record OfAccount(String account, Map<String, List<String>> data) {}
}
