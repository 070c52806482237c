/** How many requests of one source are answered: token buckets in memory. */
@NullMarked
package io.towncrier.platform.limits;

import org.jspecify.annotations.NullMarked;
