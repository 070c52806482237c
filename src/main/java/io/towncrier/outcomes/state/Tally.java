package io.towncrier.outcomes.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an attempt counts as in the figures of its release. */
public final class Tally {
  /** Beside the names of {@link Mark}. */
  public static final String OFFERED = "offered";

  /** The device began. */
  public static final String STARTED = "started";

  /** The device runs the version, and its soak is not over: it is neither confirmed nor failed. */
  public static final String SOAKING = "soaking";

  private Tally() {}

  /** What has to be added, so that the sums are those of all attempts. */
  public static List<Change> changes(Attempt before, Attempt after) {
    Set<Place> was = places(before);
    Set<Place> is = places(after);
    List<Change> changes = new ArrayList<>();
    was.stream().filter(p -> !is.contains(p)).forEach(p -> changes.add(new Change(p, -1)));
    is.stream().filter(p -> !was.contains(p)).forEach(p -> changes.add(new Change(p, 1)));
    return changes;
  }

  /** Where an attempt counts. */
  public static Set<Place> places(Attempt attempt) {
    Attempt.Standing s = attempt.standing();
    Set<Place> places = new HashSet<>();
    if (s.isOffered()) {
      places.add(new Place(s.phase(), s.counted(), OFFERED));
    }
    if (s.begun()) {
      places.add(new Place(s.phase(), s.counted(), STARTED));
    }
    boolean soaks =
        attempt.state() == OutcomeState.RESTARTING && attempt.course().targetSince().isPresent();
    if (soaks && s.mark().filter(Mark::isFailure).isEmpty()) {
      places.add(new Place(s.phase(), s.counted(), SOAKING));
    }
    s.mark().ifPresent(mark -> places.add(new Place(s.phase(), s.counted(), mark.code())));
    return places;
  }

  /** Whether it counts as a failure that can halt its rollout. */
  public static boolean isCountedFailure(Attempt attempt) {
    return attempt.standing().counted()
        && attempt.standing().mark().filter(Mark::isFailure).isPresent();
  }

  /** A counter of a release. */
  public record Place(int phase, boolean counted, String what) {}

  /** One more or one less. */
  public record Change(Place place, int devices) {}
}
