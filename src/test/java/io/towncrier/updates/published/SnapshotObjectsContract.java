package io.towncrier.updates.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.updates.published.SnapshotObjects.Found;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What whoever keeps the published snapshot does. */
public abstract class SnapshotObjectsContract {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final byte[] FIRST = {1, 2, 3};
  private static final byte[] SECOND = {4, 5};

  /** An empty one. */
  protected abstract SnapshotObjects objects() throws Exception;

  @Test
  void nothingIsThereBeforeItIsWritten() throws Exception {
    SnapshotObjects objects = objects();
    assertThat(get(objects, Optional.empty())).isInstanceOf(Found.Nothing.class);
    assertThat(get(objects, Optional.of("\"other\""))).isInstanceOf(Found.Nothing.class);
  }

  @Test
  void whatWasWrittenIsFoundAndNotAgainByItsTag() throws Exception {
    SnapshotObjects objects = objects();
    assertThat(put(objects, FIRST, Optional.empty())).isTrue();
    Found.Changed found = (Found.Changed) get(objects, Optional.empty());
    assertThat(found.object()).isEqualTo(FIRST);
    assertThat(get(objects, Optional.of(found.tag()))).isInstanceOf(Found.Unchanged.class);
  }

  @Test
  void onlyWhoHasSeenWhatStandsThereWritesOverIt() throws Exception {
    SnapshotObjects objects = objects();
    put(objects, FIRST, Optional.empty());
    Found.Changed seen = (Found.Changed) get(objects, Optional.empty());
    assertThat(put(objects, SECOND, Optional.empty())).as("something stands there").isFalse();
    assertThat(put(objects, SECOND, Optional.of(seen.tag()))).isTrue();
    assertThat(put(objects, FIRST, Optional.of(seen.tag()))).as("another stands there").isFalse();
    Found.Changed last = (Found.Changed) get(objects, Optional.of(seen.tag()));
    assertThat(last.object()).isEqualTo(SECOND);
  }

  private static Found get(SnapshotObjects objects, Optional<String> known) {
    return objects.get(known).await().atMost(SOON);
  }

  private static boolean put(SnapshotObjects objects, byte[] object, Optional<String> replaced) {
    return objects.put(object, replaced).await().atMost(SOON);
  }
}
