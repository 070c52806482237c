package io.towncrier.consents;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The questions of notices; the feature notices has them. */
public interface AskedConsents {
  /** What a notice asks for; empty when it asks for nothing, or is in no inbox. */
  Uni<Optional<AskedConsent>> of(String notice);
}
