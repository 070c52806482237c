package io.towncrier.releases.targeting;

import java.util.Optional;

/** Refusals ready to be answered: a check is made too often to wrap them anew each time. */
final class Refusals {
  static final Optional<Refusal> EXCLUDED = Optional.of(Refusal.EXCLUDED);
  static final Optional<Refusal> NOT_LISTED = Optional.of(Refusal.NOT_LISTED);
  static final Optional<Refusal> OTHER_CHANNEL = Optional.of(Refusal.OTHER_CHANNEL);
  static final Optional<Refusal> COUNTRY_UNKNOWN = Optional.of(Refusal.COUNTRY_UNKNOWN);
  static final Optional<Refusal> COUNTRY_NOT_SERVED = Optional.of(Refusal.COUNTRY_NOT_SERVED);
  static final Optional<Refusal> LANGUAGE_UNKNOWN = Optional.of(Refusal.LANGUAGE_UNKNOWN);
  static final Optional<Refusal> LANGUAGE_NOT_SERVED = Optional.of(Refusal.LANGUAGE_NOT_SERVED);
  static final Optional<Refusal> HARDWARE_UNKNOWN = Optional.of(Refusal.HARDWARE_UNKNOWN);
  static final Optional<Refusal> HARDWARE_NOT_SERVED = Optional.of(Refusal.HARDWARE_NOT_SERVED);

  private Refusals() {}
}
