package io.towncrier.notices.text;

import io.towncrier.consents.AskedConsent;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import java.util.Optional;

/**
 * All that a notice says.
 *
 * @param texts title and body per language, with variables
 * @param defaultLanguage for whom none fits; one of the texts is in it
 */
public record NoticeText(LocalizedText texts, LanguageTag defaultLanguage, Details details) {
  public NoticeText {
    if (!texts.byLanguage().containsKey(defaultLanguage.value())) {
      throw new IllegalArgumentException("no text in the default language");
    }
    if (details instanceof Details.Incident incident
        && !incident.byLanguage().keySet().equals(texts.byLanguage().keySet())) {
      throw new IllegalArgumentException("the advice is not in the languages of the texts");
    }
  }

  /** The consent that it asks for. */
  public Optional<AskedConsent> asks() {
    return details instanceof Details.PolicyRevision revision ? revision.asks() : Optional.empty();
  }
}
