package io.towncrier.releases.targeting;

import io.towncrier.platform.language.LanguageRanges;
import io.towncrier.releases.Channels;
import io.towncrier.releases.version.VersionRange;
import java.util.Optional;
import java.util.Set;

/**
 * One way for a client to be meant by a release: every condition that is given must hold. A fact
 * that a client does not report meets no condition on it.
 *
 * @param name for people; unique within a release
 * @param priority of the release for whom this rule matches; the highest wins, before the newest
 * @param channel that the client must follow, or one behind it
 * @param countries where
 * @param languages of the client; empty means all
 * @param hardware revisions; empty means all
 * @param installed versions; compiled against the product's scheme by who decides
 * @param only these alone (a canary); nobody listed means all
 * @param except never these
 * @param downgrade whether the release may replace a newer version
 */
public record TargetingRule(
    String name,
    int priority,
    Optional<String> channel,
    CountryRule countries,
    LanguageRanges languages,
    Set<String> hardware,
    Optional<VersionRange> installed,
    Selection only,
    Selection except,
    boolean downgrade) {
  public static final int MAX_PRIORITY = 1000;

  public TargetingRule {
    hardware = Set.copyOf(hardware);
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new IllegalArgumentException("priority is 0 to " + MAX_PRIORITY);
    }
  }

  /** The first condition that does not hold, apart from the installed version's. */
  public Optional<Refusal> refusal(ClientFacts facts, Channels channels) {
    if (except.lists(facts)) {
      return Refusals.EXCLUDED;
    }
    if (!only.isEmpty() && !only.lists(facts)) {
      return Refusals.NOT_LISTED;
    }
    if (channel.isPresent() && !channels.reaches(facts.channel(), channel.get())) {
      return Refusals.OTHER_CHANNEL;
    }
    Optional<Refusal> country = countries.refusal(facts);
    if (country.isPresent()) {
      return country;
    }
    Optional<Refusal> language = languageRefusal(facts);
    return language.isPresent() ? language : hardwareRefusal(facts);
  }

  private Optional<Refusal> languageRefusal(ClientFacts facts) {
    if (languages.isEmpty()) {
      return Optional.empty();
    }
    if (facts.language().isEmpty()) {
      return Refusals.LANGUAGE_UNKNOWN;
    }
    return languages.mean(facts.language().get()) ? Optional.empty() : Refusals.LANGUAGE_NOT_SERVED;
  }

  private Optional<Refusal> hardwareRefusal(ClientFacts facts) {
    if (hardware.isEmpty()) {
      return Optional.empty();
    }
    if (facts.hardware().isEmpty()) {
      return Refusals.HARDWARE_UNKNOWN;
    }
    return hardware.contains(facts.hardware().get())
        ? Optional.empty()
        : Refusals.HARDWARE_NOT_SERVED;
  }

  /**
   * Whether everybody whom the other rule means is meant by this one, apart from the installed
   * version's condition.
   */
  public boolean covers(TargetingRule other, Channels channels) {
    return coversChannel(other, channels)
        && countries.covers(other.countries)
        && (languages.isEmpty() || (!other.languages.isEmpty() && languages.cover(other.languages)))
        && (hardware.isEmpty()
            || (!other.hardware.isEmpty() && hardware.containsAll(other.hardware)))
        && (only.isEmpty() || (!other.only.isEmpty() && only.covers(other.only)))
        && other.except.covers(except);
  }

  private boolean coversChannel(TargetingRule other, Channels channels) {
    return channel.isEmpty()
        || (other.channel.isPresent() && channels.reaches(other.channel.get(), channel.get()));
  }
}
