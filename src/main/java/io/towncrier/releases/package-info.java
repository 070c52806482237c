/** Products and their releases: what there is to update to. */
@NullMarked
package io.towncrier.releases;

import org.jspecify.annotations.NullMarked;
