package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Supplier;

class FakeAdmissionsTest extends AdmissionStoreContract {
  private final FakeAdmissions store = new FakeAdmissions();

  @Override
  AdmissionStore store() {
    return store;
  }

  @Override
  String device() {
    return "dev_" + UUID.randomUUID();
  }

  @Override
  <T> T await(Supplier<Uni<T>> work) {
    return work.get().await().indefinitely();
  }
}
