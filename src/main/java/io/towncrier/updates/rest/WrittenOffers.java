package io.towncrier.updates.rest;

import com.fasterxml.jackson.core.io.SerializedString;
import io.towncrier.releases.Release;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was written of offers lately, in two generations: what nobody asks for while the younger one
 * fills is forgotten. A publication leaves alone what it does not change, as the snapshot does:
 * otherwise each would have every offer written anew while clients wait.
 */
final class WrittenOffers {
  // About 1 KB each.
  private static final int MAX_YOUNG = 8_192;

  private volatile Generations held = new Generations(new ConcurrentHashMap<>(), Map.of());

  SerializedString get(Offer offer, Supplier<SerializedString> writing) {
    Generations now = held;
    SerializedString written = now.young().get(offer);
    if (written != null) {
      return written;
    }
    written = now.old().get(offer);
    if (written == null) {
      written = writing.get();
    }
    now.young().put(offer, written);
    if (now.young().size() >= MAX_YOUNG) {
      held = new Generations(new ConcurrentHashMap<>(), now.young());
    }
    return written;
  }

  private record Generations(
      Map<Offer, SerializedString> young, Map<Offer, SerializedString> old) {}

  /**
   * What the text rests on. Releases are the same when they are one object, as they are from
   * snapshot to snapshot and for all products that have them, until one of these is changed.
   */
  static final class Offer {
    private final Release release;
    private final Release target;
    private final String language;

    Offer(Release release, Release target, String language) {
      this.release = release;
      this.target = target;
      this.language = language;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
      return other instanceof Offer that
          && release == that.release
          && target == that.target
          && language.equals(that.language);
    }

    @Override
    public int hashCode() {
      int releases = 31 * System.identityHashCode(release) + System.identityHashCode(target);
      return 31 * releases + language.hashCode();
    }
  }
}
