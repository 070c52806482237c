package io.towncrier.releases.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a release comes to the fleet step by step. Its clock stands still while it is paused or
 * halted: a pause moves every later phase by its length.
 *
 * @param phases with growing shares; none means everybody at once
 * @param salt what makes this release's slice of the fleet its own; without one, that of product
 *     and version
 * @param state running, paused or halted
 * @param heldSince since when its clock stands still; there unless it is running
 * @param heldFor for how long it stood still before that
 * @param advance how it comes from phase to phase
 */
public record Rollout(
    List<Phase> phases,
    Optional<String> salt,
    State state,
    Optional<Instant> heldSince,
    Duration heldFor,
    Advance advance) {
  /** Everybody at once. */
  public static final Rollout FULL =
      new Rollout(List.of(), Optional.empty(), State.RUNNING, Optional.empty(), Duration.ZERO);

  // What a rollout without phases is: one of its own, that begins with the publication.
  private static final List<Phase> AT_ONCE =
      List.of(new Phase(Bucket.COUNT, Optional.empty(), Duration.ZERO));

  /** One whose phases begin by the clock. */
  public Rollout(
      List<Phase> phases,
      Optional<String> salt,
      State state,
      Optional<Instant> heldSince,
      Duration heldFor) {
    this(phases, salt, state, heldSince, heldFor, Advance.BY_CLOCK);
  }

  public Rollout {
    phases = List.copyOf(phases);
    for (int i = 1; i < phases.size(); i++) {
      if (phases.get(i).buckets() < phases.get(i - 1).buckets()) {
        throw new IllegalArgumentException("a rollout never shrinks");
      }
    }
    if ((state == State.RUNNING) != heldSince.isEmpty()) {
      throw new IllegalArgumentException("its clock runs exactly while it is running");
    }
    if (advance.phase() > 0 && advance.phase() >= phases.size()) {
      throw new IllegalArgumentException("the phase in force is one of its phases");
    }
  }

  /** Who is in at this moment, as a number of buckets; nobody while it is halted. */
  public int bucketsAt(Instant now, Instant published) {
    if (state == State.HALTED) {
      return 0;
    }
    int phase = phaseAt(now, published);
    return phase < 0 ? 0 : steps().get(phase).buckets();
  }

  /** Whether everybody is in from the publication on, and nothing has ever held it. */
  public boolean isPlain() {
    return phases.isEmpty() && state == State.RUNNING && heldFor.isZero();
  }

  /** The phase that runs at this moment, from 0; -1 before the first. Without phases one runs. */
  public int phaseAt(Instant now, Instant published) {
    Instant clock = clockAt(now);
    if (!advance.isByClock()) {
      return beginOf(0, published).isAfter(clock) ? -1 : advance.phase();
    }
    int running = -1;
    Instant begin = published;
    for (int i = 0; i < steps().size(); i++) {
      begin = beginOf(i, begin);
      if (begin.isAfter(clock)) {
        break;
      }
      running = i;
    }
    return running;
  }

  /** When the next phase begins, if one is to come while nothing is changed. */
  public Optional<Instant> nextPhase(Instant now, Instant published) {
    if (state != State.RUNNING) {
      return Optional.empty();
    }
    Instant clock = clockAt(now);
    Instant begin = published;
    // Of what somebody has to promote no moment is known.
    int known = advance.isByClock() ? steps().size() : 1;
    for (int i = 0; i < known; i++) {
      begin = beginOf(i, begin);
      if (begin.isAfter(clock)) {
        return Optional.of(begin.plus(heldFor));
      }
    }
    return Optional.empty();
  }

  /** When a phase began or will, if nothing holds it from now on; by the wall clock, about. */
  public Instant beginOfPhase(int phase, Instant published) {
    if (!advance.isByClock() && phase > 0) {
      return advance.since().orElse(published).plus(heldFor);
    }
    Instant begin = published;
    for (int i = 0; i <= phase && i < steps().size(); i++) {
      begin = beginOf(i, begin);
    }
    return begin.plus(phase == 0 ? Duration.ZERO : heldFor);
  }

  /** Whether somebody or something has to promote it to its next phase. */
  public boolean waitsForPromotion() {
    return !advance.isByClock() && advance.phase() + 1 < phases.size();
  }

  /** Whether the phase in force has run for its soak, and the next one may begin by its start. */
  public boolean hasSoaked(Instant now, Instant published) {
    if (!waitsForPromotion() || phaseAt(now, published) < 0) {
      return false;
    }
    Instant begun = advance.since().orElseGet(() -> beginOf(0, published));
    Instant earliest = begun.plus(phases.get(advance.phase()).soak());
    Instant start = phases.get(advance.phase() + 1).start().orElse(earliest);
    Instant clock = clockAt(now);
    return !earliest.isAfter(clock) && !start.isAfter(clock);
  }

  /** The same with the next phase in force. */
  public Rollout promoted(Instant now) {
    return with(new Advance(advance.by(), advance.phase() + 1, Optional.of(clockAt(now))));
  }

  /** The same, promoted in another way; who is in stays in. */
  public Rollout promotedBy(Advance.By by, Instant now, Instant published) {
    if (by == advance.by()) {
      return this;
    }
    int phase = Math.max(0, phaseAt(now, published));
    return with(
        by == Advance.By.CLOCK || phase == 0
            ? Advance.from(by)
            : new Advance(by, phase, advance.since().or(() -> Optional.of(clockAt(now)))));
  }

  private Rollout with(Advance other) {
    return new Rollout(phases, salt, state, heldSince, heldFor, other);
  }

  /** The same, standing still from now on. */
  public Rollout paused(Instant now) {
    return held(State.PAUSED, now);
  }

  /** The same, offered to nobody from now on. */
  public Rollout halted(Instant now) {
    return held(State.HALTED, now);
  }

  /** The same, going on where it stood still. */
  public Rollout resumed(Instant now) {
    Duration stood =
        heldSince
            .filter(now::isAfter)
            .map(since -> heldFor.plus(Duration.between(since, now)))
            .orElse(heldFor);
    return new Rollout(phases, salt, State.RUNNING, Optional.empty(), stood, advance);
  }

  /** The same from its beginning on; what held it holds it. */
  public Rollout anew(Instant now) {
    return new Rollout(
        phases,
        salt,
        state,
        heldSince.map(since -> now),
        Duration.ZERO,
        Advance.from(advance.by()));
  }

  /** The same, when its clock has stood still for that much longer. */
  public Rollout heldLonger(Duration more) {
    return new Rollout(phases, salt, state, heldSince, heldFor.plus(more), advance);
  }

  /** The same with other phases. */
  public Rollout with(List<Phase> others) {
    int last = Math.max(0, others.size() - 1);
    Advance kept =
        advance.phase() <= last
            ? advance
            : last == 0
                ? Advance.from(advance.by())
                : new Advance(advance.by(), last, advance.since());
    return new Rollout(others, salt, state, heldSince, heldFor, kept);
  }

  private Rollout held(State how, Instant now) {
    return new Rollout(phases, salt, how, Optional.of(heldSince.orElse(now)), heldFor, advance);
  }

  private List<Phase> steps() {
    return phases.isEmpty() ? AT_ONCE : phases;
  }

  private Instant clockAt(Instant now) {
    return heldSince.filter(now::isAfter).orElse(now).minus(heldFor);
  }

  private Instant beginOf(int phase, Instant before) {
    Instant earliest = phase == 0 ? before : before.plus(steps().get(phase - 1).soak());
    Optional<Instant> start = steps().get(phase).start();
    return start.isPresent() && start.get().isAfter(earliest) ? start.get() : earliest;
  }

  /** Whether its clock runs, and whether it is offered; the one that stops more is the later. */
  public enum State {
    RUNNING,
    /** It stays with those who are in. */
    PAUSED,
    /** Nobody is offered it. */
    HALTED;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
