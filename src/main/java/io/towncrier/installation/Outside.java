package io.towncrier.installation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known outside of the database. May block. */
public interface Outside {
  /** The data directory's own marker; empty where the database is not in it. */
  Optional<String> marker();

  /** What the witness says; empty without one. */
  Optional<Testimony> witness();

  /** Has the witness say this from now on; nothing where there is none. */
  void tell(Testimony testimony);

  /**
   * How far the service had come.
   *
   * @param mark of the database, when it was told
   * @param at when
   * @param notices that ran then, or had ended within a day
   */
  record Testimony(long mark, Instant at, List<String> notices) {
    public Testimony {
      notices = List.copyOf(notices);
    }
  }
}
