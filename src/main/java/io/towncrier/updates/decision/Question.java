package io.towncrier.updates.decision;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.LocalZones;
import io.towncrier.releases.targeting.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a decision rests on beside the releases. It remembers what it has found of rules,
 * so it is made for one decision on one thread.
 */
final class Question {
  // So many kinds of rules are remembered; where a product has more, those are looked at anew.
  private static final int KINDS = 16;

  private final ProductReleases releases;
  private final int installed;
  private final ClientFacts facts;
  private final Channels channels;
  private final Instant now;
  private final Duration margin;
  // By kind; null where none was looked at yet.
  private final Optional<Refusal>[] refusals;
  private @Nullable Candidate lastOpened;
  private Optional<InstallWindow.Opening> lastOpening = Optional.empty();

  /**
   * @param releases of the product that is asked for
   * @param installed position of the version that the facts name
   * @param facts of the client
   * @param channels in their order
   * @param now the moment for which it is decided
   * @param margin by how much later the answer may be read; an install window closes that much
   *     earlier
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Question(
      ProductReleases releases,
      int installed,
      ClientFacts facts,
      Channels channels,
      Instant now,
      Duration margin) {
    this.releases = releases;
    this.installed = installed;
    this.facts = facts;
    this.channels = channels;
    this.now = now;
    this.margin = margin;
    this.refusals = new Optional[Math.min(KINDS, releases.rules().kindCount())];
  }

  Product product() {
    return releases.product();
  }

  RuleTable rules() {
    return releases.rules();
  }

  int installed() {
    return installed;
  }

  ClientFacts facts() {
    return facts;
  }

  Channels channels() {
    return channels;
  }

  /** Whether the product's releases have counters, to compare one with. */
  boolean comparesCounters() {
    return releases.countersSince().filter(since -> !since.isAfter(now)).isPresent();
  }

  Instant now() {
    return now;
  }

  /**
   * The moment at which a rollout stands: its clock may stand still with those of the whole cell.
   */
  Instant rolloutNow(Candidate candidate) {
    Halt halt = releases.halt();
    return halt.isOn() ? candidate.release().rolloutClock(halt, now) : now;
  }

  /** Whether offers of this kind are halted for the whole cell. */
  boolean isStopped(Candidate candidate) {
    Halt halt = releases.halt();
    return halt.isOn() && halt.stops(candidate.isSecurity(), now);
  }

  /** Whether the client is inside of a share: by its cohort, or by what it says itself. */
  boolean isInside(Candidate candidate, int buckets) {
    String salt = candidate.salt(product());
    if (facts.cohort().isPresent()) {
      return Bucket.of(salt, facts.cohort().get()) < buckets;
    }
    return !facts.rollouts().isEmpty() && facts.rollouts().areInside(new Share(salt, buckets));
  }

  Duration margin() {
    return margin;
  }

  LocalZones zones() {
    return LocalZones.of(facts.timeZone(), facts.country());
  }

  /**
   * The first condition that does not hold of all rules of a kind, apart from the installed
   * version's.
   */
  @SuppressWarnings("OptionalAssignedToNull")
  Optional<Refusal> refusal(int kind) {
    if (kind >= refusals.length) {
      return rules().kind(kind).refusal(facts, channels);
    }
    Optional<Refusal> found = refusals[kind];
    if (found == null) {
      found = rules().kind(kind).refusal(facts, channels);
      refusals[kind] = found;
    }
    return found;
  }

  /** As {@link Gate#opening}; a gate asks for it, and then the answer for the same release. */
  @SuppressWarnings("ReferenceEquality")
  Optional<InstallWindow.Opening> opening(Candidate candidate) {
    if (candidate != lastOpened) {
      lastOpened = candidate;
      lastOpening = Gate.opening(candidate, this);
    }
    return lastOpening;
  }
}
