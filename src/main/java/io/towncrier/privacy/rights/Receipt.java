package io.towncrier.privacy.rights;

import java.time.Instant;
import java.util.Optional;

/**
 * What everybody may see who has the secret of a receipt: dates, and nothing of the person.
 *
 * @param ground why
 * @param requestedAt when the account was cancelled; it is restricted since
 * @param eraseBy when it must be erased
 * @param erasedAt empty until it is
 */
public record Receipt(
    Ground ground, Instant requestedAt, Instant eraseBy, Optional<Instant> erasedAt) {
  /** {@code restricted} until it is {@code erased}. */
  public String state() {
    return erasedAt.isPresent() ? "erased" : "restricted";
  }
}
