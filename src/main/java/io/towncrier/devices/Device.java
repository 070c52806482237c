package io.towncrier.devices;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.TimeZoneId;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.LocalZones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A registered phone or router.
 *
 * @param id {@code dev_...}
 * @param kind phone or router
 * @param product that it is, or whose app it runs
 * @param facts as it last reported them
 * @param linked whether it is linked to an account
 * @param push whether and since when a push can reach it
 * @param registeredAt when
 * @param lastSeen kept to the day (UTC)
 * @param revision goes up with every change of it
 */
public record Device(
    String id,
    Kind kind,
    String product,
    Facts facts,
    boolean linked,
    Push push,
    Instant registeredAt,
    LocalDate lastSeen,
    int revision) {
  /** Whether nothing was seen of a device for so long that its address may reach nobody. */
  public static boolean isUnseen(LocalDate lastSeen, Duration since, Instant now) {
    return !lastSeen.isAfter(LocalDate.ofInstant(now.minus(since), ZoneOffset.UTC));
  }

  /** How every device id begins. */
  public static final String PREFIX = "dev";

  /** What it is. */
  public enum Kind {
    PHONE,
    ROUTER
  }

  /**
   * How a device is reached.
   *
   * @param hasAddress whether there is an address to push to
   * @param confirmedOn day (UTC) on which the device last proved or brought it; empty for addresses
   *     from before proofs were asked for
   * @param pending whether another address waits for its proof
   */
  public record Push(boolean hasAddress, Optional<LocalDate> confirmedOn, boolean pending) {
    static final Push NONE = new Push(false, Optional.empty(), false);
  }

  /**
   * What a device says of itself when it registers or checks. All but the last three are known.
   *
   * @param timeZone IANA name; it was known when it was reported, perhaps to other zone data
   * @param hardware revision of it
   * @param counter of the installed release
   */
  public record Facts(
      String version,
      CountryCode country,
      String timeZone,
      LanguageTag language,
      String channel,
      Optional<String> cohort,
      Optional<String> hardware,
      OptionalLong counter) {
    /** Its zone; empty when the zone data of this machine do not have it. */
    public Optional<ZoneId> zone() {
      return TimeZoneId.parse(timeZone);
    }

    /** The clocks that it may have: those of its country when its zone is not known. */
    public List<ZoneRules> clocks() {
      return LocalZones.of(zone(), Optional.of(country)).rules();
    }

    /** As the device itself asks. */
    public ClientFacts forCheck(boolean manual) {
      return asked(Optional.empty(), manual);
    }

    /** As we ask for the device; lists of device ids count too. */
    public ClientFacts forDecision(String deviceId) {
      return asked(Optional.of(deviceId), false);
    }

    private ClientFacts asked(Optional<String> deviceId, boolean manual) {
      return new ClientFacts(
          version,
          Optional.of(country),
          zone(),
          Optional.of(language),
          channel,
          cohort,
          hardware,
          counter,
          deviceId,
          manual);
    }
  }
}
