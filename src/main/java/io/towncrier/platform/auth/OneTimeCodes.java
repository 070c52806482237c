package io.towncrier.platform.auth;

import io.towncrier.platform.Secret;
import java.util.Optional;

/** Codes that sign somebody in to the console once; only dev mode makes any. */
public interface OneTimeCodes {
  /** Whom the code signs in; from then on it is worth nothing. */
  Optional<LocalCredentials.Caller> redeem(Secret code);
}
