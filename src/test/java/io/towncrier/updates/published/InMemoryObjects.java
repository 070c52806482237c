package io.towncrier.updates.published;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** As S3 does, to which {@link SnapshotObjectsContract} holds both. */
final class InMemoryObjects implements SnapshotObjects {
  private byte[] object;
  private int version;
  boolean away;
  int asked;

  @Override
  public Uni<Found> get(Optional<String> known) {
    asked++;
    return answer(
        () ->
            object == null
                ? new Found.Nothing()
                : known.equals(Optional.of(tag()))
                    ? new Found.Unchanged()
                    : new Found.Changed(tag(), object));
  }

  @Override
  public Uni<Boolean> put(byte[] next, Optional<String> replaced) {
    return answer(
        () -> {
          boolean asSeen = replaced.equals(object == null ? Optional.empty() : Optional.of(tag()));
          if (asSeen) {
            object = next;
            version++;
          }
          return asSeen;
        });
  }

  private String tag() {
    return "v" + version;
  }

  private synchronized <T> Uni<T> answer(java.util.function.Supplier<T> answer) {
    return away
        ? Uni.createFrom().failure(new IllegalStateException("S3 is away"))
        : Uni.createFrom().item(answer.get());
  }
}
