package io.towncrier.releases.targeting;

import java.util.Set;

/** Clients that are listed one by one. */
public final class Selection {
  /** Nobody is listed. */
  public static final Selection NONE = new Selection(Set.of(), Set.of());

  // So many that most texts that are not listed are told by one look.
  private static final int BITS_PER_COHORT = 16;

  private final Set<String> cohorts;
  private final Set<String> devices;
  // One bit for each cohort, by its hash: where it is not set, no set has to be searched.
  private final long[] marks;

  /**
   * @param cohorts as clients report them
   * @param devices ids; only a device that has proved its id is found by it
   */
  public Selection(Set<String> cohorts, Set<String> devices) {
    this.cohorts = Set.copyOf(cohorts);
    this.devices = Set.copyOf(devices);
    this.marks = new long[words(this.cohorts.size())];
    for (String cohort : this.cohorts) {
      int hash = spread(cohort);
      marks[word(hash)] |= 1L << hash;
    }
  }

  /** A power of two, or none for nobody. */
  private static int words(int cohorts) {
    return cohorts == 0
        ? 0
        : Math.max(1, Integer.highestOneBit(cohorts * BITS_PER_COHORT - 1) * 2 / Long.SIZE);
  }

  private int word(int hash) {
    return hash >>> 6 & (marks.length - 1);
  }

  /** Texts that differ in their last character alone are not to be next to each other. */
  private static int spread(String cohort) {
    int hash = cohort.hashCode() * 0x9E3779B1;
    return hash ^ hash >>> 16;
  }

  public Set<String> cohorts() {
    return cohorts;
  }

  public Set<String> devices() {
    return devices;
  }

  public boolean isEmpty() {
    return cohorts.isEmpty() && devices.isEmpty();
  }

  public boolean lists(ClientFacts facts) {
    return (marks.length > 0 && facts.cohort().isPresent() && listsCohort(facts.cohort().get()))
        || (facts.device().isPresent() && devices.contains(facts.device().get()));
  }

  private boolean listsCohort(String cohort) {
    int hash = spread(cohort);
    return (marks[word(hash)] >>> hash & 1) != 0 && cohorts.contains(cohort);
  }

  /** Whether everybody that the other lists is listed here. */
  public boolean covers(Selection other) {
    return cohorts.containsAll(other.cohorts) && devices.containsAll(other.devices);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Selection that
        && cohorts.equals(that.cohorts)
        && devices.equals(that.devices);
  }

  @Override
  public int hashCode() {
    return 31 * cohorts.hashCode() + devices.hashCode();
  }

  @Override
  public String toString() {
    return "cohorts " + cohorts + ", devices " + devices;
  }
}
