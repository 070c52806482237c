package io.towncrier.consents.rest;

import io.towncrier.consents.ChangeConsents;
import io.towncrier.consents.ConsentAct;
import io.towncrier.consents.ConsentAnswer;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of consents. */
final class ConsentBodies {
  private static final int LONGEST = 200;
  private static final int LONGEST_CODE = 40;

  private ConsentBodies() {}

  /**
   * What somebody agrees to or withdraws. Whether it is a withdrawal has to be said: a misspelt
   * member must not become an agreement.
   */
  @Schema(name = "ConsentChange")
  record Change(
      @Nullable String kind,
      @Nullable Boolean withdrawn,
      @Nullable String textVersion,
      @Nullable String language,
      @Nullable String data,
      @Nullable String recipient) {
    ChangeConsents.Choice read() {
      InputReader input = new InputReader();
      Optional<ConsentAct.Kind> read =
          input.parsed(
              "kind",
              input.text("kind", kind, LONGEST_CODE),
              ConsentAct.Kind::parse,
              "must be push or cross-border");
      if (withdrawn == null) {
        input.reject("withdrawn", "is required");
      }
      boolean agrees = Boolean.FALSE.equals(withdrawn);
      Optional<ConsentAct.Text> text = text(input, agrees);
      boolean crosses = agrees && read.filter(k -> k == ConsentAct.Kind.CROSS_BORDER).isPresent();
      Optional<ConsentAct.Crossing> crossing =
          crosses
              ? Optional.of(
                  new ConsentAct.Crossing(
                      input.visibleText("data", data, LONGEST),
                      input.visibleText("recipient", recipient, LONGEST)))
              : Optional.empty();
      input.finish();
      return new ChangeConsents.Choice(read.orElseThrow(), !agrees, text, crossing);
    }

    private Optional<ConsentAct.Text> text(InputReader input, boolean required) {
      String version =
          required
              ? input.visibleText("textVersion", textVersion, LONGEST_CODE)
              : input.optionalText("textVersion", textVersion, LONGEST_CODE).orElse("");
      if (required) {
        input.text("language", language, LONGEST_CODE);
      }
      Optional<LanguageTag> tag = input.language("language", language);
      return version.isEmpty()
          ? Optional.empty()
          : tag.map(known -> new ConsentAct.Text(version, known.value()));
    }
  }

  /**
   * What somebody answers to a notice. It has to be said: a misspelt member must not become a
   * consent.
   */
  @Schema(name = "ConsentAnswer")
  record Answer(@Nullable Boolean given, @Nullable String textVersion, @Nullable String language) {
    ConsentAct.Text read() {
      InputReader input = new InputReader();
      if (given == null) {
        input.reject("given", "is required");
      }
      String version = input.visibleText("textVersion", textVersion, LONGEST_CODE);
      input.text("language", language, LONGEST_CODE);
      Optional<LanguageTag> tag = input.language("language", language);
      input.finish();
      return new ConsentAct.Text(version, tag.orElseThrow().value());
    }

    boolean isGiven() {
      return Boolean.TRUE.equals(given);
    }
  }

  /**
   * What holds now, one of each kind; what was said before, the newest first; and what was answered
   * to notices.
   */
  @Schema(name = "Consents")
  record Shown(List<Act> consents, List<Act> history, List<Answered> answers) {
    static final Shown NOTHING = new Shown(List.of(), List.of(), List.of());

    static Shown of(
        List<ConsentAct> current, List<ConsentAct> history, List<ConsentAnswer> answers) {
      return new Shown(
          current.stream().map(Act::of).toList(),
          history.stream().map(Act::of).toList(),
          answers.stream().map(Answered::of).toList());
    }
  }

  @Schema(name = "AnsweredConsent")
  record Answered(
      String notice, String kind, boolean given, String textVersion, String language, Instant at) {
    static Answered of(ConsentAnswer answer) {
      return new Answered(
          answer.notice(),
          answer.kind().code(),
          answer.given(),
          answer.text().version(),
          answer.text().language(),
          answer.at());
    }
  }

  @Schema(name = "Consent")
  record Act(
      String kind,
      boolean withdrawn,
      Optional<String> textVersion,
      Optional<String> language,
      Optional<String> data,
      Optional<String> recipient,
      Instant at) {
    static Act of(ConsentAct act) {
      return new Act(
          act.kind().code(),
          act.withdrawn(),
          act.text().map(ConsentAct.Text::version),
          act.text().map(ConsentAct.Text::language),
          act.crossing().map(ConsentAct.Crossing::data),
          act.crossing().map(ConsentAct.Crossing::recipient),
          act.at());
    }
  }
}
