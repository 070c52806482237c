package io.towncrier.privacy.keys;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;

class KeyVersionsInMemoryTest extends KeyVersionContract {
  @Override
  protected <T> T asked(Function<KeyVersionStore, Uni<T>> question) {
    KeyVersionsInMemory store = new KeyVersionsInMemory();
    store
        .addFirst(new KeyVersion(2, KeyVersion.Use.WRITTEN, new byte[3], "first"), new byte[1])
        .await()
        .indefinitely();
    return question.apply(store).await().indefinitely();
  }
}
