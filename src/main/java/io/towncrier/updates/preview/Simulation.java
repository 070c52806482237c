package io.towncrier.updates.preview;

import io.towncrier.platform.CountryCode;
import io.towncrier.releases.Channels;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.Fleet;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Counts what a fleet is answered before and after a change: no I/O, no clock, and a memory that
 * does not grow with the fleet. Not for two threads at once.
 */
public final class Simulation {
  /** So many groups are told; the smaller ones are summed up. */
  static final int MAX_GROUPS = 200;

  static final int MAX_EXAMPLES = 100;

  /** So many are told apart while counting: devices may report any text as their version. */
  private static final int MAX_COUNTED = 10_000;

  private final ProductReleases before;
  private final ProductReleases after;
  private final Channels channels;
  private final Instant at;
  private final Tally all = new Tally();
  private final Groups countries = new Groups();
  private final Groups versions = new Groups();
  private final List<Example> examples = new ArrayList<>();

  Simulation(ProductReleases before, ProductReleases after, Channels channels, Instant at) {
    this.before = before;
    this.after = after;
    this.channels = channels;
    this.at = at;
  }

  void add(Fleet.Member member) {
    addExample(member.deviceId(), add(member.facts(), 1));
  }

  /** Adds devices that are alike; what they are answered. */
  Change add(ClientFacts facts, long devices) {
    Change change = new Change(answer(before, facts), answer(after, facts));
    all.add(change, devices);
    countries.of(facts.country().map(CountryCode::value).orElse("unknown")).add(change, devices);
    versions.of(facts.version()).add(change, devices);
    return change;
  }

  /** One of the devices that were added, if it is answered otherwise. */
  void addExample(String deviceId, Change change) {
    if (change.isNews() && examples.size() < MAX_EXAMPLES) {
      examples.add(new Example(deviceId, change.before(), change.after()));
    }
  }

  Result result() {
    return new Result(all.counts(), countries.largest(), versions.largest(), examples);
  }

  private Answer answer(ProductReleases releases, ClientFacts facts) {
    UpdateDecision decision =
        DecideUpdate.BY_ALL_GATES.decide(releases, channels, facts, at, Duration.ZERO).decision();
    Optional<UpdateDecision.Offer> offer =
        decision instanceof UpdateDecision.Offer o ? Optional.of(o) : Optional.empty();
    return new Answer(
        decision.code(),
        decision.reasonCode(),
        offer.map(o -> o.release().version()),
        offer.map(o -> o.target().version()));
  }

  /**
   * What a device is told, as far as it matters here.
   *
   * @param version that is offered
   * @param target that the offer leads to
   */
  @Schema(name = "SimulatedAnswer")
  public record Answer(
      String decision,
      Optional<String> reason,
      Optional<String> version,
      Optional<String> target) {}

  /** What a device is told before and after. */
  record Change(Answer before, Answer after) {
    boolean isNews() {
      return !before.equals(after);
    }
  }

  /** A device that is answered otherwise. */
  @Schema(name = "SimulatedDevice")
  public record Example(String deviceId, Answer before, Answer after) {}

  /** How many devices there are, how many are answered otherwise, and all of them by decision. */
  @Schema(name = "SimulatedCounts")
  public record Counts(
      long devices, long changed, Map<String, Long> before, Map<String, Long> after) {}

  /** The largest groups by name, and the sum of the others. */
  @Schema(name = "SimulatedGroups")
  public record Grouped(Map<String, Counts> largest, Counts others) {}

  /** What the change comes to. */
  public record Result(Counts all, Grouped countries, Grouped versions, List<Example> examples) {
    public Result {
      examples = List.copyOf(examples);
    }
  }

  private static final class Tally {
    private long devices;
    private long changed;
    private final Map<String, Long> before = new TreeMap<>();
    private final Map<String, Long> after = new TreeMap<>();

    void add(Change change, long alike) {
      devices += alike;
      changed += change.isNews() ? alike : 0;
      before.merge(change.before().decision(), alike, Long::sum);
      after.merge(change.after().decision(), alike, Long::sum);
    }

    void add(Tally other) {
      devices += other.devices;
      changed += other.changed;
      other.before.forEach((decision, count) -> before.merge(decision, count, Long::sum));
      other.after.forEach((decision, count) -> after.merge(decision, count, Long::sum));
    }

    Counts counts() {
      return new Counts(devices, changed, new TreeMap<>(before), new TreeMap<>(after));
    }
  }

  private static final class Groups {
    private final Map<String, Tally> byName = new HashMap<>();
    private final Tally others = new Tally();

    Tally of(String name) {
      if (byName.size() >= MAX_COUNTED && !byName.containsKey(name)) {
        return others;
      }
      return byName.computeIfAbsent(name, n -> new Tally());
    }

    Grouped largest() {
      Map<String, Counts> largest = new TreeMap<>();
      Tally rest = new Tally();
      rest.add(others);
      byName.entrySet().stream()
          .sorted(
              Comparator.<Map.Entry<String, Tally>>comparingLong(e -> -e.getValue().devices)
                  .thenComparing(Map.Entry::getKey))
          .forEach(
              entry -> {
                if (largest.size() < MAX_GROUPS) {
                  largest.put(entry.getKey(), entry.getValue().counts());
                } else {
                  rest.add(entry.getValue());
                }
              });
      return new Grouped(largest, rest.counts());
    }
  }
}
