/** How many devices a release, or a change of it, would reach. */
@NullMarked
package io.towncrier.releases.reach;

import org.jspecify.annotations.NullMarked;
