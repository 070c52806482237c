package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushTarget;
import java.util.function.BiPredicate;

/**
 * Whether a push about a release is still of use when it is claimed: a device that has updated
 * meanwhile gets none.
 */
public interface StillWanted {
  /** What to ask of each, from now on and for this claim; loads what it needs before. */
  Uni<BiPredicate<PushContent.Release, PushTarget>> now();
}
