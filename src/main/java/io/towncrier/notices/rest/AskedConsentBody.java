package io.towncrier.notices.rest;

import io.towncrier.consents.AskedConsent;
import io.towncrier.consents.ConsentAct;
import io.towncrier.notices.counts.ConsentCounts;
import io.towncrier.platform.InputReader;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The consent that a revision of the policy asks for, in JSON. */
@Schema(name = "AskedConsent")
record AskedConsentBody(
    @Nullable String kind,
    @Nullable String textVersion,
    @Nullable String data,
    @Nullable String recipient) {
  private static final String FIELD = "asksConsent.";
  private static final int LONGEST = 200;
  private static final int LONGEST_CODE = 40;

  static AskedConsentBody of(AskedConsent asked) {
    return new AskedConsentBody(
        asked.kind().code(),
        asked.textVersion(),
        asked.crossing().map(ConsentAct.Crossing::data).orElse(null),
        asked.crossing().map(ConsentAct.Crossing::recipient).orElse(null));
  }

  /** Empty when something is wrong, and it is noted. */
  Optional<AskedConsent> read(InputReader input) {
    int before = input.errorCount();
    Optional<ConsentAct.Kind> read =
        input.parsed(
            FIELD + "kind",
            input.text(FIELD + "kind", kind, LONGEST_CODE),
            ConsentAct.Kind::parse,
            "must be push or cross-border");
    String version = input.visibleText(FIELD + "textVersion", textVersion, LONGEST_CODE);
    Optional<ConsentAct.Crossing> crossing =
        read.filter(ConsentAct.Kind.CROSS_BORDER::equals)
            .map(
                crosses ->
                    new ConsentAct.Crossing(
                        input.visibleText(FIELD + "data", data, LONGEST),
                        input.visibleText(FIELD + "recipient", recipient, LONGEST)));
    if (read.isPresent() && crossing.isEmpty()) {
      ofABorder(input, "data", data);
      ofABorder(input, "recipient", recipient);
    }
    return input.errorCount() > before
        ? Optional.empty()
        : read.map(known -> new AskedConsent(known, version, crossing));
  }

  private static void ofABorder(InputReader input, String field, @Nullable String given) {
    if (given != null) {
      input.reject(FIELD + field, "is for cross-border");
    }
  }

  /** How many devices have answered. */
  @Schema(name = "ConsentAnswerCounts")
  record Answers(long asked, long given, long declined, long open) {
    static Answers of(ConsentCounts counts) {
      return new Answers(counts.asked(), counts.given(), counts.declined(), counts.open());
    }
  }
}
