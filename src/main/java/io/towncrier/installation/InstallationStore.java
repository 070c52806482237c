package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the database says of itself. */
public interface InstallationStore {
  /** In the current transaction; until it ends nobody else reads it so. */
  Uni<Known> lock();

  /** Why pushes wait, if they do. */
  Uni<Optional<String>> heldBecause();

  /** The PostgreSQL cluster's own number; empty where the service may not ask for it. */
  Uni<Optional<String>> systemIdentifier();

  /** Keeps what it is from now on. */
  Uni<Void> adopt(Optional<String> systemIdentifier, Optional<String> marker);

  /** Lets pushes wait from now on. */
  Uni<Void> hold(String because);

  /** Raises the mark by one; what it is now. */
  Uni<Mark> raise();

  /** Notices of which something may still be pushed, and those that ended within a day. */
  Uni<List<String>> noticesOfLate();

  /**
   * What was kept.
   *
   * @param mark see {@link Mark}
   */
  record Known(
      Optional<String> systemIdentifier,
      Optional<String> marker,
      long mark,
      Optional<String> heldBecause) {}

  /**
   * How far the service has come: grows by one every few seconds.
   *
   * @param at by the database's clock
   */
  record Mark(long number, Instant at) {}
}
