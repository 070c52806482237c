package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushTarget;
import io.towncrier.preferences.Suppression;
import java.util.function.BiFunction;

/**
 * Whether a push about a release is still of use when it is claimed: a device that has updated
 * meanwhile gets none, and one from which the release is held back for now waits.
 */
public interface StillWanted {
  /** What to ask of each, from now on and for this claim; loads what it needs before. */
  Uni<BiFunction<PushContent.Release, PushTarget, Answer>> now();

  /** What becomes of the push. */
  sealed interface Answer {
    /** It is sent: the release is offered. */
    record Wanted() implements Answer {}

    /** It waits: the release is meant for the device, and only not to be had now. */
    record HeldBack() implements Answer {}

    /** It is of no use any more. */
    record Unwanted(Suppression reason) implements Answer {}
  }
}
