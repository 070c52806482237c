/** Tells devices of an update when a publication or a phase of a rollout brings it to them. */
@NullMarked
package io.towncrier.notices.rollout;

import org.jspecify.annotations.NullMarked;
