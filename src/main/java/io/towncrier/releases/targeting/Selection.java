package io.towncrier.releases.targeting;

import java.util.Set;

/**
 * Clients that are listed one by one.
 *
 * @param cohorts as clients report them
 * @param devices ids; only a device that has proved its id is found by it
 */
public record Selection(Set<String> cohorts, Set<String> devices) {
  /** Nobody is listed. */
  public static final Selection NONE = new Selection(Set.of(), Set.of());

  public Selection {
    cohorts = Set.copyOf(cohorts);
    devices = Set.copyOf(devices);
  }

  public boolean isEmpty() {
    return cohorts.isEmpty() && devices.isEmpty();
  }

  public boolean lists(ClientFacts facts) {
    return (facts.cohort().isPresent() && cohorts.contains(facts.cohort().get()))
        || (facts.device().isPresent() && devices.contains(facts.device().get()));
  }

  /** Whether everybody that the other lists is listed here. */
  public boolean covers(Selection other) {
    return cohorts.containsAll(other.cohorts) && devices.containsAll(other.devices);
  }
}
