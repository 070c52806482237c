package io.towncrier.delivery.ladder;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one push came. Steps are only added.
 *
 * @param acceptedAt when its provider had accepted it; empty as long as it has not
 * @param held when its provider began to keep it
 * @param dropped that it is not shown
 */
public record Rungs(
    Optional<Instant> acceptedAt,
    Optional<Told> held,
    Optional<Told> arrived,
    Optional<Told> shown,
    Optional<Told> opened,
    Optional<Dropped> dropped) {
  /** Of a push that was accepted, of which nobody has said anything. */
  public static Rungs acceptedAt(Instant at) {
    return of(Optional.of(at));
  }

  /** Of a push that its provider has not accepted. */
  public static Rungs planned() {
    return of(Optional.empty());
  }

  private static Rungs of(Optional<Instant> acceptedAt) {
    return new Rungs(
        acceptedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The highest. */
  public Rung rung() {
    if (acceptedAt.isEmpty()) {
      return Rung.PLANNED;
    }
    if (opened.isPresent()) {
      return Rung.OPENED;
    }
    if (shown.isPresent()) {
      return Rung.SHOWN;
    }
    if (dropped.isPresent()) {
      return Rung.DROPPED;
    }
    if (arrived.isPresent()) {
      return Rung.ARRIVED;
    }
    return held.isPresent() ? Rung.HELD : Rung.ACCEPTED;
  }

  /**
   * The same, one rung higher. What was touched had been shown by then, and what was shown, or was
   * dropped by the app, had arrived: where nobody said so before, this one has.
   */
  Rungs with(Rung to, Told told, DropReason reason) {
    boolean onPhone = to != Rung.HELD && !(to == Rung.DROPPED && told.by() == StepSource.PROVIDER);
    boolean onScreen = to == Rung.SHOWN || to == Rung.OPENED;
    return new Rungs(
        acceptedAt,
        held.or(() -> when(to == Rung.HELD, told)),
        arrived.or(() -> when(onPhone, told)),
        shown.or(() -> when(onScreen, told)),
        opened.or(() -> when(to == Rung.OPENED, told)),
        dropped.or(() -> when(to == Rung.DROPPED, told).map(at -> new Dropped(at, reason))));
  }

  private static Optional<Told> when(boolean isSo, Told told) {
    return isSo ? Optional.of(told) : Optional.empty();
  }

  /** When a step was taken, and who was the first to say so. */
  public record Told(Instant at, StepSource by) {}

  /** That it was dropped. */
  public record Dropped(Told told, DropReason reason) {}
}
