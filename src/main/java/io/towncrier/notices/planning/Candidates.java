package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.audience.Selection;
import java.time.Instant;
import java.util.List;

/**
 * Reads the fleet for the planning of notices, never more of it than a page. Of a selection its
 * versions and languages are not looked at: they are compared one by one.
 */
public interface Candidates {
  /**
   * The next devices of the fleet that are in a selection.
   *
   * @param after looks behind this device; empty text for the first
   * @param limit how many at most; about ten times as many are looked at
   * @param registeredBy only devices that were there by then
   */
  Uni<Range> range(Selection selection, String after, int limit, Instant registeredBy);

  /** Those of these devices that are in a selection. */
  Uni<List<Candidate>> among(Selection selection, List<String> devices, Instant registeredBy);

  /** Devices that are linked to one of these accounts. */
  Uni<List<String>> linkedTo(List<String> accounts);

  /** Phones that share an account with these routers, each once. */
  Uni<List<Phone>> phonesOf(List<String> routers);

  /** Routers that share an account with this phone. */
  Uni<List<String>> routersOf(String phone);

  /**
   * A part of the fleet.
   *
   * @param next the last device that was looked at
   * @param last whether there is none behind it
   */
  record Range(List<Candidate> found, String next, boolean last) {
    public Range {
      found = List.copyOf(found);
    }
  }
}
