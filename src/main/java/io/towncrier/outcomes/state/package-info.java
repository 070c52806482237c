/** What became of an update of a device: states, events and what follows from them; pure. */
@NullMarked
package io.towncrier.outcomes.state;

import org.jspecify.annotations.NullMarked;
