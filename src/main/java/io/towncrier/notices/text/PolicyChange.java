package io.towncrier.notices.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The changes of the privacy policy that its section 10 calls significant. */
public enum PolicyChange {
  /** Why and how personal data is processed. */
  PROCESSING_PURPOSES,
  /** Who owns or runs the service. */
  OWNERSHIP,
  /** To whom data is given or shown. */
  RECIPIENTS,
  /** The users' rights, and how to exercise them. */
  USER_RIGHTS,
  /** The department that is responsible, and how to reach it. */
  CONTACT,
  /** What an assessment of the risk for security has found. */
  RISK_ASSESSMENT;

  public static Optional<PolicyChange> parse(String code) {
    return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
