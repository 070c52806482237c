package io.towncrier.privacy.keys;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The versions in PostgreSQL, in transactions that are rolled back: the keys are in use. */
@QuarkusTest
class KeyVersionsIT extends KeyVersionContract {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final KeyVersionStore store;
  private final Transactions transactions;

  KeyVersionsIT(KeyVersionStore store, Transactions transactions) {
    this.store = store;
    this.transactions = transactions;
  }

  @Override
  protected <T> T asked(Function<KeyVersionStore, Uni<T>> question) {
    AtomicReference<T> answer = new AtomicReference<>();
    TakenBack takenBack = new TakenBack();
    transactions
        .inTransaction(
            () ->
                question
                    .apply(store)
                    .invoke(answer::set)
                    .chain(item -> Uni.createFrom().<Void>failure(takenBack)))
        .onFailure(TakenBack.class)
        .recoverWithNull()
        .await()
        .atMost(SOON);
    return answer.get();
  }

  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
