package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.rollout.RolloutClaims;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client says of itself; nothing else about it is known to a decision.
 *
 * @param version the installed one, as reported
 * @param country where the device is used
 * @param timeZone in which its days begin
 * @param language of its user
 * @param channel that it follows
 * @param cohort opaque and stable per device, at most 64 characters
 * @param hardware revision of the hardware, as the maker prints it, at most 64 characters
 * @param counter of the installed release, when the device keeps it against roll-backs
 * @param device its id, when it has proved it; an anonymous check has none
 * @param manual whether the user asked for the check
 * @param ignored what it said that could not be read, and is missing here therefore
 * @param given what it said, whether it could be read or not
 * @param rollouts what it says of them in place of a cohort
 */
public record ClientFacts(
    String version,
    Optional<CountryCode> country,
    Optional<ZoneId> timeZone,
    Optional<LanguageTag> language,
    String channel,
    Optional<String> cohort,
    Optional<String> hardware,
    OptionalLong counter,
    Optional<String> device,
    boolean manual,
    Ignored ignored,
    FactSet given,
    RolloutClaims rollouts) {

  /** Of whom all is known that it could say. */
  public ClientFacts(
      String version,
      Optional<CountryCode> country,
      Optional<ZoneId> timeZone,
      Optional<LanguageTag> language,
      String channel,
      Optional<String> cohort,
      Optional<String> hardware,
      OptionalLong counter,
      Optional<String> device,
      boolean manual,
      Ignored ignored) {
    this(
        version,
        country,
        timeZone,
        language,
        channel,
        cohort,
        hardware,
        counter,
        device,
        manual,
        ignored,
        FactSet.ALL,
        RolloutClaims.NONE);
  }

  /** Of whom everything was read. */
  public ClientFacts(
      String version,
      Optional<CountryCode> country,
      Optional<ZoneId> timeZone,
      Optional<LanguageTag> language,
      String channel,
      Optional<String> cohort,
      Optional<String> hardware,
      OptionalLong counter,
      Optional<String> device,
      boolean manual) {
    this(
        version,
        country,
        timeZone,
        language,
        channel,
        cohort,
        hardware,
        counter,
        device,
        manual,
        Ignored.NONE);
  }

  /** The same client, on another channel. */
  public ClientFacts following(String otherChannel) {
    return like(version, otherChannel, counter, device, manual, ignored);
  }

  /** The same client, of whom this could not be read. */
  public ClientFacts ignoring(Ignored unreadable) {
    return like(version, channel, counter, device, manual, unreadable);
  }

  /** The same client, known to be this device. */
  public ClientFacts provedToBe(String deviceId) {
    return like(version, channel, counter, Optional.of(deviceId), manual, ignored);
  }

  /** The same client, whose user asked for the check. */
  public ClientFacts askedByHand() {
    return like(version, channel, counter, device, true, ignored);
  }

  /** The same client with another version installed, and of that release's counter. */
  public ClientFacts having(String installed, OptionalLong itsCounter) {
    return like(installed, channel, itsCounter, device, manual, ignored);
  }

  private ClientFacts like(
      String otherVersion,
      String otherChannel,
      OptionalLong otherCounter,
      Optional<String> otherDevice,
      boolean askedByHand,
      Ignored unreadable) {
    return new ClientFacts(
        otherVersion,
        country,
        timeZone,
        language,
        otherChannel,
        cohort,
        hardware,
        otherCounter,
        otherDevice,
        askedByHand,
        unreadable,
        given,
        rollouts);
  }
}
