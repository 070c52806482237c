package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactSet;
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
   * @param matters to a client of whom no side is known
   * @param bySides the same of clients that say whether they are inside; null where none asked yet
   */
  private record Entry(
      FindMatters.Found found, Matters matters, AtomicReferenceArray<Matters> bySides) {}

  Matters of(int installed, Channels channels, ClientFacts client, Instant now) {
    Entry entry = entry(installed, channels, Optional.empty(), now);
    if (client.given().has(Fact.CHANNEL) && entry.matters().facts().has(Fact.CHANNEL)) {
      entry = entry(installed, channels, Optional.of(client.channel()), now);
    }
    int sides = entry.matters().sides(client);
    return sides < 0 ? entry.matters() : ofSides(entry, sides, installed, client);
  }

  private Entry entry(int installed, Channels channels, Optional<String> followed, Instant now) {
    int channel = followed.isPresent() ? channels.inOrder().indexOf(followed.get()) + 1 : 0;
    if (followed.isPresent() && channel == 0) {
      // "stable", in a catalogue that has no such channel.
      return found(installed, channels, followed, now);
    }
    int width = channels.inOrder().size() + 1;
    AtomicReferenceArray<Entry> all = all(width);
    int place = installed * width + channel;
    Entry entry = all.get(place);
    if (entry == null || !entry.found().holds(channels, now)) {
      entry = found(installed, channels, followed, now);
      all.set(place, entry);
    }
    return entry;
  }

  private Entry found(int installed, Channels channels, Optional<String> followed, Instant now) {
    FindMatters.Found found =
        FindMatters.of(releases, installed, channels, followed, nobody -> false, now);
    Matters matters =
        followed.isPresent() ? found.matters().and(FactSet.of(Fact.CHANNEL)) : found.matters();
    return new Entry(found, matters, new AtomicReferenceArray<>(1 << matters.shares().size()));
  }

  /** Who is outside is asked for nothing that only an offer would look at. */
  private Matters ofSides(Entry entry, int sides, int installed, ClientFacts client) {
    Matters matters = entry.bySides().get(sides);
    if (matters == null) {
      FindMatters.Found found = entry.found();
      FindMatters.Found ofSides =
          FindMatters.of(
              releases,
              installed,
              found.channels(),
              entry.matters().facts().has(Fact.CHANNEL) && client.given().has(Fact.CHANNEL)
                  ? Optional.of(client.channel())
                  : Optional.empty(),
              share -> !client.rollouts().areInside(share),
              found.since());
      matters = entry.matters().narrowedTo(ofSides.matters().facts());
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
