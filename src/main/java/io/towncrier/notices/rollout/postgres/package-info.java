/** The notices of rollouts in PostgreSQL. */
@NullMarked
package io.towncrier.notices.rollout.postgres;

import org.jspecify.annotations.NullMarked;
