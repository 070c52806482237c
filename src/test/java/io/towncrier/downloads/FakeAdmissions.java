package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Rows in memory. Nothing is locked: of one device one check runs at a time. */
final class FakeAdmissions implements AdmissionStore {
  /** Nothing is rolled back. */
  static final Transactions TRANSACTIONS =
      new Transactions() {
        @Override
        public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
          return work.get();
        }
      };

  private final Map<String, Admissions> rows = new ConcurrentHashMap<>();

  @Override
  public Uni<Optional<Admissions>> find(String device) {
    return Uni.createFrom().item(Optional.ofNullable(rows.get(device)));
  }

  @Override
  public Uni<Admissions> lock(String device, Admissions first) {
    return Uni.createFrom().item(rows.computeIfAbsent(device, added -> first));
  }

  @Override
  public Uni<Void> keep(String device, Admissions admissions) {
    rows.replace(device, admissions);
    return Uni.createFrom().voidItem();
  }
}
