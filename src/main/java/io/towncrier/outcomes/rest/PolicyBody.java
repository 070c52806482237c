package io.towncrier.outcomes.rest;

import io.towncrier.outcomes.OutcomeSettings;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.Revisioned;
import io.towncrier.platform.rest.SeenRevision;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How attempts and rollouts are judged; what is left out is that of the product, or the default.
 *
 * @param failures percent of devices that may fail
 * @param downloads percent of downloads that may fail
 */
@Schema(name = "OutcomePolicy")
record PolicyBody(
    @Nullable Integer revision,
    @Schema(minimum = "1", maximum = "100") @Nullable Integer attempts,
    @Schema(examples = "PT1H") @Nullable String backOff,
    @Nullable List<String> retried,
    @Schema(examples = "PT24H") @Nullable String confirmSoak,
    @Schema(examples = "PT24H") @Nullable String restartLimit,
    @Schema(examples = "PT72H") @Nullable String timeOut,
    @Schema(examples = "3") @Nullable Double failures,
    @Schema(minimum = "1") @Nullable Long minimum,
    @Schema(examples = "20") @Nullable Double downloads) {
  private static final int MOST_ATTEMPTS = 100;
  private static final double PERCENT = 100;
  private static final double DIGITS = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(90);

  /** What was read; its revision may also be that of If-Match. */
  record Read(OutcomeSettings settings, int revision) {}

  Read read(@Nullable String ifMatch) {
    InputReader input = new InputReader();
    int seen = SeenRevision.required(input, ifMatch, revision);
    if (attempts != null && (attempts < 1 || attempts > MOST_ATTEMPTS)) {
      input.reject("attempts", "must be from 1 to 100");
    }
    if (minimum != null && minimum < 1) {
      input.reject("minimum", "must be 1 or more");
    }
    OutcomeSettings settings =
        new OutcomeSettings(
            Optional.ofNullable(attempts),
            duration(input, "backOff", backOff),
            codes(input),
            duration(input, "confirmSoak", confirmSoak),
            duration(input, "restartLimit", restartLimit),
            duration(input, "timeOut", timeOut),
            share(input, "failures", failures),
            Optional.ofNullable(minimum),
            share(input, "downloads", downloads));
    input.finish();
    return new Read(settings, seen);
  }

  private Optional<Set<String>> codes(InputReader input) {
    if (retried == null) {
      return Optional.empty();
    }
    Set<String> known = new HashSet<>(Set.of(FailureCode.TIMED_OUT, FailureCode.ROLLED_BACK));
    FailureCode.ALL.forEach(code -> known.add(code.code()));
    for (String code : retried) {
      if (!known.contains(code)) {
        input.reject("retried", "has a code that no device reports");
      }
    }
    return Optional.of(Set.copyOf(retried));
  }

  private static Optional<Duration> duration(
      InputReader input, String field, @Nullable String text) {
    return input.parsed(field, text, PolicyBody::duration, "must be a duration up to 90 days");
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(d -> !d.isNegative() && d.compareTo(LONGEST) <= 0);
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<Double> share(InputReader input, String field, @Nullable Double percent) {
    if (percent != null && !(percent > 0 && percent < PERCENT)) {
      input.reject(field, "must be percent, more than 0 and less than 100");
      return Optional.empty();
    }
    return Optional.ofNullable(percent).map(p -> p / PERCENT);
  }

  /** As it was written: 7 percent are 0.07, and that is a little more than 7 times a hundredth. */
  static double percent(double share) {
    return Math.round(share * PERCENT * DIGITS) / DIGITS;
  }

  /** What is set. */
  @Schema(name = "StoredOutcomePolicy")
  record Shown(
      int revision,
      Optional<Integer> attempts,
      Optional<String> backOff,
      Optional<Set<String>> retried,
      Optional<String> confirmSoak,
      Optional<String> restartLimit,
      Optional<String> timeOut,
      Optional<Double> failures,
      Optional<Long> minimum,
      Optional<Double> downloads)
      implements Revisioned {
    static Shown of(OutcomeSettings s, int revision) {
      return new Shown(
          revision,
          s.attempts(),
          s.backOff().map(Duration::toString),
          s.retried(),
          s.confirmSoak().map(Duration::toString),
          s.restartLimit().map(Duration::toString),
          s.timeOut().map(Duration::toString),
          s.failures().map(PolicyBody::percent),
          s.minimum(),
          s.downloads().map(PolicyBody::percent));
    }
  }
}
