package io.towncrier.outcomes.state;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a device says of an update.
 *
 * @param id the device's own name of the report; the same id is the same report
 * @param said which step
 * @param code of a failure
 * @param progress in percent of the step
 * @param boot hash of the boot id; another one means that the device was started anew
 * @param deviceAt by the device's clock, which may be wrong
 * @param postponedUntil asked for by the owner
 * @param detail for operators alone, masked
 * @param versioned whether the device ever says which version it runs
 */
public record Report(
    Optional<String> id,
    Said said,
    Optional<FailureCode> code,
    OptionalInt progress,
    Optional<String> boot,
    Optional<Instant> deviceAt,
    Optional<Instant> postponedUntil,
    Optional<String> detail,
    boolean versioned) {
  /** A report that says the step alone. */
  public static Report of(Said said) {
    return new Report(
        Optional.empty(),
        said,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /** The same under an id. */
  public Report withId(String name) {
    return new Report(
        Optional.of(name), said, code, progress, boot, deviceAt, postponedUntil, detail, versioned);
  }

  /** The same from a start of the device. */
  public Report fromBoot(String hash) {
    return new Report(
        id, said, code, progress, Optional.of(hash), deviceAt, postponedUntil, detail, versioned);
  }

  /** The same with the reason of a failure. */
  public Report because(FailureCode reason) {
    return new Report(
        id, said, Optional.of(reason), progress, boot, deviceAt, postponedUntil, detail, versioned);
  }

  /** What a device can say. */
  public enum Said {
    DOWNLOADING,
    DOWNLOADED,
    INSTALLING,
    INSTALLED,
    /** The download or the installation: the code says it, else what it was doing. */
    FAILED,
    REJECTED,
    POSTPONED,
    ROLLED_BACK;

    public static Optional<Said> parse(String text) {
      return Arrays.stream(values()).filter(said -> said.code().equals(text)).findFirst();
    }

    /** As it stands in requests. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
