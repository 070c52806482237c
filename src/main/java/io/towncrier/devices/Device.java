package io.towncrier.devices;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.time.TimeZoneId;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.releases.targeting.LocalZones;
import io.towncrier.updates.ReadFacts;
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
   * @param addresses in the order in which they are tried; the first is the one above
   */
  public record Push(
      boolean hasAddress,
      Optional<LocalDate> confirmedOn,
      boolean pending,
      List<Reached> addresses) {
    static final Push NONE = new Push(false, Optional.empty(), false, List.of());

    public Push {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * An address, without what it is.
   *
   * @param confirmedOn day (UTC) on which the device last proved or brought it
   */
  public record Reached(String provider, Optional<LocalDate> confirmedOn) {}

  /**
   * What a device says of itself when it registers or checks. Only the version and the channel are
   * always known.
   *
   * @param timeZone IANA name; it was known when it was reported, perhaps to other zone data
   * @param hardware revision of it
   * @param counter of the installed release, as it was last read
   * @param counterUnreadable whether one was reported since that could not be read
   */
  public record Facts(
      String version,
      Optional<CountryCode> country,
      Optional<String> timeZone,
      Optional<LanguageTag> language,
      String channel,
      Optional<String> cohort,
      Optional<String> hardware,
      OptionalLong counter,
      boolean counterUnreadable) {
    /** Of a device that was not known before. */
    static Facts of(ClientFacts read) {
      return new Facts(
          read.version(),
          read.country(),
          read.timeZone().map(TimeZoneId::nameOf),
          read.language(),
          read.channel(),
          read.cohort(),
          read.hardware(),
          read.counter(),
          read.ignored().has(Fact.COUNTER));
    }

    /**
     * After a newer report. What it leaves out stays as it was, and what it gives as nothing is
     * taken away. Where the device is and what its user speaks is unknown when it cannot be read,
     * as it is no longer what it was; other facts that cannot be read stay (docs/adr/0022).
     *
     * @param given the report as it came
     * @param read the same, as a check understands it
     */
    public Facts after(ReadFacts given, ClientFacts read) {
      Facts next = of(read);
      Ignored ignored = read.ignored();
      return new Facts(
          given.version() == null ? version : next.version,
          given.country() == null ? country : next.country,
          given.timezone() == null ? timeZone : next.timeZone,
          given.language() == null ? language : next.language,
          stays(given, Fact.CHANNEL, ignored) ? channel : next.channel,
          stays(given, Fact.COHORT, ignored) ? cohort : next.cohort,
          stays(given, Fact.HARDWARE, ignored) ? hardware : next.hardware,
          stays(given, Fact.COUNTER, ignored) ? counter : next.counter,
          given.counter() == null ? counterUnreadable : next.counterUnreadable);
    }

    private static boolean stays(ReadFacts given, Fact fact, Ignored ignored) {
      return given.get(fact) == null || ignored.has(fact);
    }

    /** Its zone; empty when the zone data of this machine do not have it. */
    public Optional<ZoneId> zone() {
      return timeZone.flatMap(TimeZoneId::parse);
    }

    /**
     * The zones in any of which it may be at a moment: its own, or those of its country, or of the
     * world, as far as their offsets differ then.
     */
    public List<ZoneId> zonesAt(Instant moment) {
      Optional<ZoneId> own = zone();
      return own.isPresent()
          ? List.of(own.get())
          : clocks().stream().<ZoneId>map(clock -> clock.getOffset(moment)).distinct().toList();
    }

    /** The clocks that it may have: those of its country when its zone is not known. */
    public List<ZoneRules> clocks() {
      return LocalZones.of(zone(), country).rules();
    }

    /** Whether the clocks of both are the same for certain. */
    public boolean hasClocksOf(Facts other) {
      return timeZone.equals(other.timeZone)
          && (timeZone.isPresent() || country.equals(other.country));
    }

    /** As the device itself asks. */
    public ClientFacts forCheck(boolean manual, Ignored ignored) {
      return asked(Optional.empty(), manual).ignoring(unreadable().and(ignored));
    }

    /** As we ask for the device; lists of device ids count too. */
    public ClientFacts forDecision(String deviceId) {
      return asked(Optional.of(deviceId), false);
    }

    private Ignored unreadable() {
      return counterUnreadable ? Ignored.NONE.and(Fact.COUNTER) : Ignored.NONE;
    }

    private ClientFacts asked(Optional<String> deviceId, boolean manual) {
      return new ClientFacts(
          version,
          country,
          zone(),
          language,
          channel,
          cohort,
          hardware,
          counter,
          deviceId,
          manual,
          unreadable());
    }
  }
}
