package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

class FakeBucketsTest extends BucketStoreContract {
  private final FakeBuckets store = new FakeBuckets();

  @Override
  BucketStore store() {
    return store;
  }

  @Override
  String region() {
    return "DE";
  }

  @Override
  <T> T await(Supplier<Uni<T>> work) {
    return work.get().await().indefinitely();
  }
}
