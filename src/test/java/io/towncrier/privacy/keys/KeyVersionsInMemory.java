package io.towncrier.privacy.keys;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions of the keys as the database keeps them; {@link KeyVersionContract} compares both.
 */
public class KeyVersionsInMemory implements KeyVersionStore {
  /** What {@link #addFirst} keeps beside the version, for releases that know none. */
  public final Map<Integer, byte[]> checkValues = new HashMap<>();

  /** Those that live; a test may spoil them. */
  public final List<KeyVersion> versions = new ArrayList<>();

  private long revision;

  @Override
  public Uni<Stored> read() {
    return Uni.createFrom().item(() -> new Stored(revision, versions));
  }

  @Override
  public Uni<Boolean> addFirst(KeyVersion first, byte[] checkValue) {
    return Uni.createFrom()
        .item(
            () -> {
              if (!versions.isEmpty()) {
                return false;
              }
              revision++;
              checkValues.putIfAbsent(first.version(), checkValue);
              return versions.add(first);
            });
  }

  @Override
  public Uni<Void> rewrap(Stored read, List<KeyVersion> now) {
    return Uni.createFrom()
        .voidItem()
        .invoke(
            () -> {
              if (read.revision() != revision) {
                throw new IllegalStateException("the versions of the keys have changed");
              }
              revision++;
              versions.clear();
              versions.addAll(now);
            });
  }
}
