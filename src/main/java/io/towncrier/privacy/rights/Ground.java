package io.towncrier.privacy.rights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an account is erased; the grounds of the privacy policy, section 7, and of section 8. */
public enum Ground {
  UNLAWFUL_PROCESSING,
  NO_CONSENT,
  BREACH_OF_AGREEMENT,
  ACCOUNT_CANCELLED,
  SERVICE_ENDED,
  /** The person is a minor: nothing is waited for. */
  MINOR;

  /** As it stands in requests, such as {@code account-cancelled}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The ground with this code. */
  public static Optional<Ground> of(String code) {
    return Arrays.stream(values()).filter(ground -> ground.code().equals(code)).findFirst();
  }
}
