package io.towncrier.ddi;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.actions.ConfigLink;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.ddi.enrolment.ControllerStore;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactReader;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a device says of itself. It is accepted always, whether it was asked for or not; of
 * all keys the six that are facts are kept, and no other is looked at.
 */
@ApplicationScoped
public class TakeConfigData {
  /** The keys that are kept. */
  public static final Set<Fact> KNOWN =
      EnumSet.of(
          Fact.VERSION, Fact.COUNTER, Fact.HARDWARE, Fact.COUNTRY, Fact.TIMEZONE, Fact.LANGUAGE);

  private final Decided decided;
  private final ControllerStore devices;
  private final DdiConfig config;
  private final InstantSource clock;

  TakeConfigData(Decided decided, ControllerStore devices, DdiConfig config, InstantSource clock) {
    this.decided = decided;
    this.devices = devices;
    this.config = config;
    this.clock = clock;
  }

  /** What is done with the keys. */
  public enum Mode {
    MERGE,
    /** What is not given is forgotten. */
    REPLACE,
    /** What is given is forgotten. */
    REMOVE;

    /** Any other word means what a client means that says none. */
    public static Mode of(@Nullable String text) {
      String word = text == null ? "" : text.toLowerCase(Locale.ROOT);
      return word.equals("replace") ? REPLACE : word.equals("remove") ? REMOVE : MERGE;
    }
  }

  /**
   * Keeps the facts, and asks no more for them where they answer what was asked.
   *
   * @param data by the names of the facts
   */
  public Uni<Void> run(Controller device, Mode mode, Map<Fact, String> data) {
    ReadFacts given = given(mode, data);
    String before = device.checkIn().facts().version();
    String after = given.version() == null ? before : FactReader.tidied(given.version());
    if (after.equals(Controller.NO_VERSION)) {
      // It is asked until it says which version it runs.
      return Uni.createFrom().voidItem();
    }
    ConfigLink link =
        device.configLink().answered(!after.equals(before), config.restartLimit(), clock.instant());
    return decided
        .check(device, given, Optional.empty())
        .chain(
            () ->
                link.equals(device.configLink())
                    ? Uni.createFrom().voidItem()
                    : devices.ask(device.id(), link));
  }

  /**
   * As a native device would have said it: null leaves a fact as it is, an empty text forgets it.
   */
  static ReadFacts given(Mode mode, Map<Fact, String> data) {
    return ReadFacts.of(
        fact -> {
          String value = data.get(fact);
          if (fact == Fact.VERSION) {
            return mode == Mode.REMOVE || !isVersion(value) ? null : value;
          }
          if (mode == Mode.REMOVE) {
            return value == null ? null : "";
          }
          return value == null && mode == Mode.REPLACE && KNOWN.contains(fact) ? "" : value;
        });
  }

  /** One that cannot be read counts as not given: what is sent is always accepted. */
  private static boolean isVersion(@Nullable String text) {
    if (text == null) {
      return false;
    }
    InputReader input = new InputReader();
    String version = input.text("version", FactReader.tidied(text), ReadFacts.MAX_VERSION);
    return input.errorCount() == 0 && !version.isEmpty();
  }
}
