package io.towncrier.audit;

import java.util.List;

/** The place outside of the database where heads of chains are kept, a line each. May block. */
public interface SignedHeads {
  /** What stands there of a chain, in the order in which it was written. */
  List<String> lines(String chain);

  /**
   * Puts other lines there.
   *
   * @param known what the caller has read
   * @return false, and nothing is changed, when something else stands there by now
   */
  boolean replace(String chain, List<String> known, List<String> next);
}
