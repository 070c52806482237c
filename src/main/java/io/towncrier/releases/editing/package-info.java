/** How operators change the catalogue: import, draft, publish, withdraw, steer. */
@NullMarked
package io.towncrier.releases.editing;

import org.jspecify.annotations.NullMarked;
