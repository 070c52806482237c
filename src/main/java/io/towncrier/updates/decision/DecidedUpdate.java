package io.towncrier.updates.decision;

import java.time.Instant;
import java.util.Optional;

/**
 * A decision, and until when it is known to hold.
 *
 * @param decision what the client is told
 * @param changesAt when it may be another one though nothing is published: a phase begins, a
 *     release comes out, a window opens
 * @param installed position of the version that the client named
 */
public record DecidedUpdate(UpdateDecision decision, Optional<Instant> changesAt, int installed) {}
