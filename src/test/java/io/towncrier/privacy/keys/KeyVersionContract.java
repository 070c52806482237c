package io.towncrier.privacy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every store of key versions does, the one of the tests and the real one. */
public abstract class KeyVersionContract {
  /** Asks a store that has at least one version; what was changed is taken back. */
  protected abstract <T> T asked(Function<KeyVersionStore, Uni<T>> question);

  @Test
  void aSecondFirstVersionIsRefusedAndChangesNothing() {
    KeyVersionStore.Stored before = asked(KeyVersionStore::read);
    KeyVersionStore.Stored after =
        asked(
            store ->
                store
                    .addFirst(
                        new KeyVersion(77, KeyVersion.Use.WRITTEN, new byte[9], "x"), new byte[1])
                    .invoke(added -> assertThat(added).isFalse())
                    .chain(added -> store.read()));
    assertThat(after.revision()).isEqualTo(before.revision());
    assertThat(after.versions())
        .extracting(KeyVersion::version)
        .doesNotContain(77)
        .hasSameSizeAs(before.versions());
  }

  @Test
  void theVersionsAreWrappedAnewAndTheRevisionGrows() {
    KeyVersionStore.Stored before = asked(KeyVersionStore::read);
    KeyVersionStore.Stored after =
        asked(store -> store.rewrap(before, rewrapped(before)).chain(done -> store.read()));
    assertThat(after.revision()).isGreaterThan(before.revision());
    assertThat(after.versions())
        .allSatisfy(version -> assertThat(version.wrappedBy()).isEqualTo("another"))
        .extracting(KeyVersion::version, KeyVersion::use)
        .isEqualTo(
            before.versions().stream()
                .map(version -> tuple(version.version(), version.use()))
                .toList());
  }

  @Test
  void ofTwoWhoWrapAnewTheSecondFails() {
    KeyVersionStore.Stored before = asked(KeyVersionStore::read);
    assertThatThrownBy(
            () ->
                asked(
                    store ->
                        store
                            .rewrap(before, rewrapped(before))
                            .chain(done -> store.rewrap(before, before.versions()))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("have changed");
  }

  private static List<KeyVersion> rewrapped(KeyVersionStore.Stored stored) {
    return stored.versions().stream()
        .map(version -> new KeyVersion(version.version(), version.use(), new byte[7], "another"))
        .toList();
  }
}
