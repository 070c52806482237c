package io.towncrier.devices.rest;

import io.towncrier.devices.residency.CrossBorderConsent;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.rest.body.ClientBody;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a registration says of the consent that data cross a border. It is no fact: with a part of
 * it missing or unreadable nobody has agreed to anything, so that is refused.
 */
record CrossBorderBody(
    @Nullable String crossBorderData,
    @Nullable String crossBorderRecipient,
    @Nullable String crossBorderTextVersion,
    @Nullable String crossBorderLanguage,
    @Nullable String crossBorderGivenAt) {
  private static final int LONGEST = 200;
  private static final int LONGEST_VERSION = 40;

  static CrossBorderBody of(ClientBody body) {
    return new CrossBorderBody(
        body.text("crossBorderData"),
        body.text("crossBorderRecipient"),
        body.text("crossBorderTextVersion"),
        body.text("crossBorderLanguage"),
        body.text("crossBorderGivenAt"));
  }

  /** The consent, if one is given; each defect is noted. */
  Optional<CrossBorderConsent> read(InputReader input) {
    if (Stream.of(
            crossBorderData,
            crossBorderRecipient,
            crossBorderTextVersion,
            crossBorderLanguage,
            crossBorderGivenAt)
        .allMatch(member -> member == null || member.isEmpty())) {
      return Optional.empty();
    }
    String data = input.visibleText("crossBorderData", crossBorderData, LONGEST);
    String recipient = input.visibleText("crossBorderRecipient", crossBorderRecipient, LONGEST);
    String version =
        input.visibleText("crossBorderTextVersion", crossBorderTextVersion, LONGEST_VERSION);
    input.text("crossBorderLanguage", crossBorderLanguage, LONGEST_VERSION);
    Optional<LanguageTag> language = input.language("crossBorderLanguage", crossBorderLanguage);
    input.text("crossBorderGivenAt", crossBorderGivenAt, LONGEST_VERSION);
    Optional<Instant> at =
        input.parsed(
            "crossBorderGivenAt",
            crossBorderGivenAt,
            CrossBorderBody::instant,
            "must be such as 2026-11-30T08:00:00Z");
    return language.flatMap(
        tag ->
            at.map(
                moment -> new CrossBorderConsent(data, recipient, version, tag.value(), moment)));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text))
          .filter(at -> at.isAfter(Instant.EPOCH))
          .filter(at -> at.isBefore(Instant.parse("9999-01-01T00:00:00Z")));
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
