package io.towncrier.updates;

import io.towncrier.platform.InputReader;
import io.towncrier.platform.LanguageTag;
import io.towncrier.releases.Channels;
import io.towncrier.releases.targeting.ClientFacts;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Facts as they arrive, in a query, a body or an event; every one may be missing but the version.
 *
 * @param hardware revision of it
 * @param counter of the installed release
 * @param manual {@code true} or {@code false}
 */
public record ReadFacts(
    @Nullable String version,
    @Nullable String country,
    @Nullable String timezone,
    @Nullable String language,
    @Nullable String channel,
    @Nullable String cohort,
    @Nullable String hardware,
    @Nullable String counter,
    @Nullable String manual) {
  /** Longest text of a version; an unknown one is answered, an absurd one refused. */
  public static final int MAX_VERSION = 64;

  private static final int MAX_COHORT = 64;
  private static final int MAX_HARDWARE = 64;
  private static final int MAX_CHANNEL = 32;

  /** Checks every fact; the defects are left in the reader, to be told all at once. */
  public ClientFacts read(InputReader input) {
    return new ClientFacts(
        input.text("version", version, MAX_VERSION),
        input.country("country", country),
        input.timeZone("timezone", timezone),
        input.parsed("language", language, LanguageTag::fromClient, "names no known language"),
        input.optionalText("channel", channel, MAX_CHANNEL).orElse(Channels.DEFAULT),
        input.optionalText("cohort", cohort, MAX_COHORT),
        input.optionalText("hardware", hardware, MAX_HARDWARE),
        counter(input),
        Optional.empty(),
        input
            .parsed("manual", manual, ReadFacts::flag, "must be true or false")
            .orElse(Boolean.FALSE));
  }

  private OptionalLong counter(InputReader input) {
    return input
        .parsed("counter", counter, ReadFacts::number, "must be a whole number, zero or more")
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(number -> number >= 0);
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
