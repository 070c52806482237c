/** The outbox: claims what is due behind the fence, sends it, and records what became of it. */
@NullMarked
package io.towncrier.delivery;

import org.jspecify.annotations.NullMarked;
