package io.towncrier.updates;

import io.towncrier.platform.InputReader;
import io.towncrier.releases.Channels;
import io.towncrier.releases.rollout.RolloutClaims;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactReader;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Facts as they arrive, in a query, a body or an event; every one may be missing but the version.
 *
 * @param hardware revision of it
 * @param counter of the installed release
 * @param manual {@code true} when the user asks
 * @param rollouts in place of a cohort: inside of which the client is
 */
@Schema(name = "ClientFacts")
public record ReadFacts(
    @Nullable String version,
    @Nullable String country,
    @Nullable String timezone,
    @Nullable String language,
    @Nullable String channel,
    @Nullable String cohort,
    @Nullable String hardware,
    @Nullable String counter,
    @Nullable String manual,
    @Nullable String rollouts) {
  /** Longest text of a version; an unknown one is answered, an absurd one refused. */
  public static final int MAX_VERSION = 64;

  /** Out of wherever the texts stand, by fact; null for one that is not given. */
  public static ReadFacts of(Function<Fact, @Nullable String> given) {
    return new ReadFacts(
        given.apply(Fact.VERSION),
        given.apply(Fact.COUNTRY),
        given.apply(Fact.TIMEZONE),
        given.apply(Fact.LANGUAGE),
        given.apply(Fact.CHANNEL),
        given.apply(Fact.COHORT),
        given.apply(Fact.HARDWARE),
        given.apply(Fact.COUNTER),
        given.apply(Fact.MANUAL),
        given.apply(Fact.ROLLOUTS));
  }

  /** The text of a fact; null when it is not given. */
  public @Nullable String get(Fact fact) {
    return switch (fact) {
      case VERSION -> version;
      case COUNTRY -> country;
      case TIMEZONE -> timezone;
      case LANGUAGE -> language;
      case CHANNEL -> channel;
      case COHORT -> cohort;
      case HARDWARE -> hardware;
      case COUNTER -> counter;
      case MANUAL -> manual;
      case ROLLOUTS -> rollouts;
    };
  }

  /** The same, with this version when none is given. */
  public ReadFacts orVersion(String known) {
    return version != null
        ? this
        : new ReadFacts(
            known, country, timezone, language, channel, cohort, hardware, counter, manual,
            rollouts);
  }

  /**
   * Reads every fact. A defect of the version is left in the reader; an optional fact that cannot
   * be read is missing in what comes back, and named there as ignored.
   */
  public ClientFacts read(InputReader input) {
    FactReader facts = new FactReader();
    // The last components ask the reader what it has met, so they are read last.
    RolloutClaims claims = facts.rollouts(rollouts);
    return new ClientFacts(
        input.text("version", version == null ? null : FactReader.tidied(version), MAX_VERSION),
        facts.country(country),
        facts.timeZone(timezone),
        facts.language(language),
        facts.channel(channel).orElse(Channels.DEFAULT),
        facts.cohort(cohort),
        facts.hardware(hardware),
        facts.counter(counter),
        Optional.empty(),
        facts.manual(manual),
        facts.ignored(),
        facts.given(),
        claims);
  }
}
