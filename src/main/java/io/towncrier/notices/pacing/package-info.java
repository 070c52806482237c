/** How far apart the deliveries of a notice are, and what becomes of that when they are late. */
@NullMarked
package io.towncrier.notices.pacing;

import org.jspecify.annotations.NullMarked;
