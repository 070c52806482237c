/** How many deliveries of a notice are how far, without a look at any of them. */
@NullMarked
package io.towncrier.notices.counts;

import org.jspecify.annotations.NullMarked;
