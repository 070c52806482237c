package io.towncrier.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * Since when something of the whole cell is halted: what is about security, and everything else. A
 * halt may leave security out, so each has a time of its own; security is never halted alone.
 *
 * @param since when all that is not about security was halted
 * @param securitySince when what is about security was
 */
public record Halt(Optional<Instant> since, Optional<Instant> securitySince) {
  /** Nothing is halted. */
  public static final Halt NONE = new Halt(Optional.empty(), Optional.empty());

  public Halt {
    if (since.isEmpty() && securitySince.isPresent()) {
      throw new IllegalArgumentException("security is never halted alone");
    }
  }

  /** Whether anything is halted. */
  public boolean isOn() {
    return since.isPresent();
  }

  /** Whether security goes on while other things do not. */
  public boolean exceptsSecurity() {
    return since.isPresent() && securitySince.isEmpty();
  }

  /** Since when; empty when it goes on. */
  public Optional<Instant> since(boolean security) {
    return security ? securitySince : since;
  }

  /** Whether it is halted at that moment, now or later. */
  public boolean stops(boolean security, Instant at) {
    return since(security).filter(began -> !began.isAfter(at)).isPresent();
  }

  /** What is halted stays so, since when it was; a halt never lets anything go on. */
  public Halt halted(boolean exceptSecurity, Instant now) {
    return new Halt(
        Optional.of(since.orElse(now)),
        exceptSecurity ? securitySince : Optional.of(securitySince.orElse(now)));
  }
}
