package io.towncrier.privacyrequests;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** For what a request may be refused: the reasons of the privacy policy, section 7. */
public enum RefusalReason {
  NATIONAL_SECURITY,
  PUBLIC_INTEREST,
  CRIMINAL_PROCEEDINGS,
  MALICIOUS_OR_ABUSIVE,
  HARMS_OTHERS,
  TRADE_SECRET,
  UNREASONABLE_EFFORT;

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<RefusalReason> parse(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code().equals(code)).findFirst();
  }
}
