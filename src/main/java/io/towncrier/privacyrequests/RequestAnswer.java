package io.towncrier.privacyrequests;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a request was answered with. A closed list: in a free text personal data would gather. */
public enum RequestAnswer {
  DATA_PROVIDED,
  CORRECTED,
  DELETED,
  ACCOUNT_CANCELLED,
  CONSENT_WITHDRAWN,
  SWITCHED_OFF,
  NO_DATA_HELD;

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<RequestAnswer> parse(String code) {
    return Arrays.stream(values()).filter(answer -> answer.code().equals(code)).findFirst();
  }
}
