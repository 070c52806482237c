package io.towncrier.privacy.retention;

import java.util.Set;

/** What removes data at the end of their period. A period that nobody keeps fails a test. */
public interface KeepsPeriods {
  /** Names of periods, as in the list of all columns. */
  Set<String> periods();
}
