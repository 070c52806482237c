package io.towncrier.notices.rest;

import io.towncrier.consents.AskedConsent;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.notices.text.PolicyChange;
import io.towncrier.notices.text.TextRules;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a notice says, in JSON. */
final class TextBodies {
  private TextBodies() {}

  /** One language. */
  @Schema(name = "NoticeText")
  record TextBody(@Nullable String title, @Nullable String body, @Nullable AdviceBody incident) {
    static final TextBody NOTHING = new TextBody(null, null, null);
  }

  /** Of an incident. */
  @Schema(name = "IncidentAdvice")
  record AdviceBody(
      @Nullable String situation,
      @Nullable String measures,
      @Nullable String selfProtection,
      @Nullable String remedies) {
    static final AdviceBody NOTHING = new AdviceBody(null, null, null, null);

    static AdviceBody of(Details.Advice advice) {
      return new AdviceBody(
          advice.situation(), advice.measures(), advice.selfProtection(), advice.remedies());
    }
  }

  static Map<String, TextBody> shown(NoticeText text) {
    Map<String, TextBody> shown = new LinkedHashMap<>();
    text.texts()
        .byLanguage()
        .forEach(
            (language, t) ->
                shown.put(
                    language,
                    new TextBody(
                        t.title(),
                        t.body(),
                        text.details() instanceof Details.Incident incident
                            ? incident.in(language).map(AdviceBody::of).orElse(null)
                            : null)));
    return shown;
  }

  /** Reads the texts; empty when something is wrong, and it is noted. */
  static Optional<NoticeText> read(
      InputReader input,
      Optional<NoticeKind> kind,
      Optional<LanguageTag> defaultLanguage,
      @Nullable Map<String, @Nullable TextBody> texts,
      @Nullable String policyChange,
      @Nullable AskedConsentBody asksConsent) {
    int before = input.errorCount();
    boolean incident = kind.filter(NoticeKind.SECURITY_INCIDENT::equals).isPresent();
    Map<String, LocalizedText.Text> read = new LinkedHashMap<>();
    Map<String, Details.Advice> advice = new LinkedHashMap<>();
    if (texts == null || texts.isEmpty()) {
      input.reject("texts", "is required");
    } else {
      texts.forEach(
          (tag, given) -> {
            Optional<LanguageTag> language = input.language("texts", tag.isEmpty() ? "-" : tag);
            String place = "texts" + language.map(l -> "." + l).orElse("");
            TextBody body = given == null ? TextBody.NOTHING : given;
            LocalizedText.Text text = text(input, place, body);
            if (incident) {
              Details.Advice parts = advice(input, place + ".incident", body.incident());
              language.ifPresent(l -> advice.put(l.value(), parts));
            } else if (body.incident() != null) {
              input.reject(place + ".incident", "is for a security-incident");
            }
            language
                .map(l -> read.put(l.value(), text))
                .ifPresent(twice -> input.reject(place, "stands there twice"));
          });
      defaultLanguage
          .filter(language -> !read.containsKey(language.value()))
          .ifPresent(
              language -> input.reject("texts." + language, "is required: the default language"));
    }
    Optional<Details> revision = revision(input, kind, policyChange, asksConsent);
    if (input.errorCount() > before || defaultLanguage.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    Details details =
        incident ? new Details.Incident(advice) : revision.orElseGet(Details.None::new);
    return Optional.of(new NoticeText(new LocalizedText(read), defaultLanguage.get(), details));
  }

  private static LocalizedText.Text text(InputReader input, String place, TextBody body) {
    LocalizedText.Text text =
        new LocalizedText.Text(
            template(input, place + ".title", body.title(), TextRules.MAX_TITLE),
            template(input, place + ".body", body.body(), TextRules.MAX_BODY));
    if (!TextRules.fitsAPush(text)) {
      input.reject(place, "does not fit into a push (4096 bytes with the longest variables)");
    }
    return text;
  }

  private static Details.Advice advice(
      InputReader input, String place, @Nullable AdviceBody given) {
    AdviceBody body = given == null ? AdviceBody.NOTHING : given;
    int longest = TextRules.MAX_BODY;
    return new Details.Advice(
        template(input, place + ".situation", body.situation(), longest),
        template(input, place + ".measures", body.measures(), longest),
        template(input, place + ".selfProtection", body.selfProtection(), longest),
        template(input, place + ".remedies", body.remedies(), longest));
  }

  private static String template(
      InputReader input, String place, @Nullable String value, int longest) {
    String text = input.visibleText(place, value, longest);
    TextRules.unknownVariables(text)
        .forEach(name -> input.reject(place, "has the unknown variable " + name));
    return text;
  }

  private static Optional<Details> revision(
      InputReader input,
      Optional<NoticeKind> kind,
      @Nullable String given,
      @Nullable AskedConsentBody asksConsent) {
    if (kind.filter(NoticeKind.POLICY_REVISION::equals).isEmpty()) {
      ofARevision(input, kind, "policyChange", given);
      ofARevision(input, kind, "asksConsent", asksConsent);
      return Optional.empty();
    }
    Optional<PolicyChange> change =
        input.parsed(
            "policyChange",
            input.text("policyChange", given, 32),
            PolicyChange::parse,
            "must be processing-purposes, ownership, recipients, user-rights, contact or"
                + " risk-assessment");
    Optional<AskedConsent> asks =
        Optional.ofNullable(asksConsent).flatMap(body -> body.read(input));
    return change.map(known -> new Details.PolicyRevision(known, asks));
  }

  private static void ofARevision(
      InputReader input, Optional<NoticeKind> kind, String field, @Nullable Object given) {
    if (given != null && kind.isPresent()) {
      input.reject(field, "is for a policy-revision");
    }
  }
}
