package io.towncrier.notices.text;

import io.towncrier.consents.AskedConsent;
import io.towncrier.delivery.TextVariables;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a kind of notice must say beside title and body. */
public sealed interface Details {
  /** Whether this is what a notice of that kind has. */
  default boolean belongTo(NoticeKind kind) {
    return switch (kind) {
      case SECURITY_INCIDENT -> this instanceof Incident;
      case POLICY_REVISION -> this instanceof PolicyRevision;
      default -> this instanceof None;
    };
  }

  /** Nothing. */
  record None() implements Details {}

  /**
   * Of a security incident, section 5.5 of the privacy policy.
   *
   * @param byLanguage BCP 47 tags, those of the texts
   */
  record Incident(Map<String, Advice> byLanguage) implements Details {
    public Incident {
      byLanguage = Collections.unmodifiableMap(new TreeMap<>(byLanguage));
    }

    public Optional<Advice> in(String language) {
      return Optional.ofNullable(byLanguage.get(language));
    }
  }

  /**
   * Of a revision of the policy, section 10 of it.
   *
   * @param asks the consent that it asks for; until it is given the former rule holds
   */
  record PolicyRevision(PolicyChange change, Optional<AskedConsent> asks) implements Details {}

  /**
   * What those who are hit by an incident need to know.
   *
   * @param situation what happened, and what it may mean for them
   * @param measures that were taken or will be
   * @param selfProtection what they can do themselves
   * @param remedies that are offered to them
   */
  @Schema(name = "FilledAdvice")
  record Advice(String situation, String measures, String selfProtection, String remedies) {
    /** As the user of one device reads it. */
    public Advice filled(TextVariables variables) {
      return new Advice(
          variables.fill(situation),
          variables.fill(measures),
          variables.fill(selfProtection),
          variables.fill(remedies));
    }
  }
}
