package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the database says of itself. */
public interface InstallationStore {
  /** In the current transaction; until it ends nobody else reads it so. */
  Uni<Known> lock();

  /** The same without a lock. */
  Uni<Known> find();

  /** The PostgreSQL cluster's own number; empty where the service may not ask for it. */
  Uni<Optional<String>> systemIdentifier();

  /** Keeps what it is from now on. */
  Uni<Void> adopt(Optional<String> systemIdentifier, Optional<String> marker);

  /** Lets pushes wait from now on. */
  Uni<Void> hold(String because);

  /**
   * Keeps what it is from now on, raises the mark above another one, and lets pushes go on.
   *
   * @param above the mark of the witness; 0 without one
   */
  Uni<Void> accept(Optional<String> systemIdentifier, Optional<String> marker, long above);

  /** Raises the mark by one; what it is now. */
  Uni<Mark> raise();

  /**
   * Notices of which something may still be pushed, and those that ended within a day; at most
   * 1,000. What was sent is read from counts, so it costs the same however large the fleet is.
   */
  Uni<List<Outside.Sent>> sentOfLate();

  /** What these notices are here; those that are unknown here are left out. */
  Uni<List<Here>> here(List<String> notices);

  /**
   * What was kept.
   *
   * @param mark see {@link Mark}
   * @param markedAt when it was last raised; empty before the first time
   * @param heldAt since when pushes wait, if they do
   */
  record Known(
      Optional<String> systemIdentifier,
      Optional<String> marker,
      long mark,
      Optional<Instant> markedAt,
      Optional<String> heldBecause,
      Optional<Instant> heldAt) {}

  /**
   * How far the service has come: grows by one every few seconds.
   *
   * @param at by the database's clock
   */
  record Mark(long number, Instant at) {}

  /**
   * A notice in this database.
   *
   * @param state as it is stored
   * @param accepted how many pushes of it the provider had taken when it was backed up, and since
   */
  record Here(String notice, String state, long accepted) {}
}
