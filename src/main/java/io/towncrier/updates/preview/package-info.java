/** What a change of the catalogue would do: linted and simulated before it is published. */
@NullMarked
package io.towncrier.updates.preview;

import org.jspecify.annotations.NullMarked;
