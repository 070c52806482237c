package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.rollout.RolloutClaims;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a product, by installed version and channel: found when a client first asks,
 * and anew when a moment comes that was known to change it. A start, which compiles all products,
 * pays for none of it.
 */
final class KnownMatters {
  private final ProductReleases releases;
  // By position, and within it by channel: one that is not named, then the known ones.
  private volatile @Nullable AtomicReferenceArray<Entry> known;

  KnownMatters(ProductReleases releases) {
    this.releases = releases;
  }

  /**
   * What was found.
   *
   * @param bySides the same of clients that say whether they are inside; null where none asked yet
   */
  private record Entry(FindMatters.Found found, AtomicReferenceArray<Matters> bySides) {
    static Entry of(FindMatters.Found found) {
      return new Entry(found, new AtomicReferenceArray<>(1 << found.matters().shares().size()));
    }
  }

  Matters of(int installed, Channels channels, ClientFacts client, Instant now) {
    boolean named = client.given().has(Fact.CHANNEL);
    int channel = named ? channels.inOrder().indexOf(client.channel()) + 1 : 0;
    Optional<String> followed = named ? Optional.of(client.channel()) : Optional.empty();
    if (named && channel == 0) {
      // "stable", in a catalogue that has no such channel.
      return FindMatters.of(releases, installed, channels, followed, nobody -> false, now)
          .matters();
    }
    int width = channels.inOrder().size() + 1;
    AtomicReferenceArray<Entry> all = all(width);
    int place = installed * width + channel;
    Entry entry = all.get(place);
    if (entry == null || !entry.found().holds(channels, now)) {
      entry =
          Entry.of(FindMatters.of(releases, installed, channels, followed, nobody -> false, now));
      all.set(place, entry);
    }
    int sides = entry.found().matters().sides(client);
    return sides < 0
        ? entry.found().matters()
        : ofSides(entry, sides, installed, followed, client.rollouts());
  }

  /** Who is outside is asked for nothing that only an offer would look at. */
  private Matters ofSides(
      Entry entry, int sides, int installed, Optional<String> followed, RolloutClaims claims) {
    Matters matters = entry.bySides().get(sides);
    if (matters == null) {
      FindMatters.Found found = entry.found();
      matters =
          FindMatters.of(
                  releases,
                  installed,
                  found.channels(),
                  followed,
                  share -> !claims.areInside(share),
                  found.since())
              .matters();
      entry.bySides().set(sides, matters);
    }
    return matters;
  }

  private AtomicReferenceArray<Entry> all(int width) {
    AtomicReferenceArray<Entry> all = known;
    int length = releases.positionCount() * width;
    if (all == null || all.length() != length) {
      all = new AtomicReferenceArray<>(length);
      known = all;
    }
    return all;
  }
}
