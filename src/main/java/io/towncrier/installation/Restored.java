package io.towncrier.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a database differs from what it was when it was last known to be itself. */
public final class Restored {
  private Restored() {}

  /** Each difference in words; empty when there is none: pure. */
  public static List<String> differences(
      InstallationStore.Known known,
      Optional<String> systemIdentifier,
      Optional<String> marker,
      Optional<Outside.Testimony> witness) {
    List<String> found = new ArrayList<>();
    if (differ(known.systemIdentifier(), systemIdentifier)) {
      found.add("it is in another PostgreSQL cluster than before");
    }
    if (differ(known.marker(), marker)) {
      found.add("its data directory is a copy");
    }
    ahead(known, witness)
        .ifPresent(
            told ->
                found.add(
                    "it is older than the witness: that saw mark %d at %s, and it is at mark %d"
                        .formatted(told.mark(), told.at(), known.mark())));
    return found;
  }

  /** Whether the witness knows more than the database: pure. */
  static boolean isBehind(InstallationStore.Known known, Optional<Outside.Testimony> witness) {
    return ahead(known, witness).isPresent();
  }

  private static Optional<Outside.Testimony> ahead(
      InstallationStore.Known known, Optional<Outside.Testimony> witness) {
    return witness.filter(told -> told.mark() > known.mark());
  }

  // What is not known on one side says nothing.
  private static boolean differ(Optional<String> kept, Optional<String> now) {
    return kept.isPresent() && now.isPresent() && !kept.equals(now);
  }
}
