/** Who a release is for: pure rules over what a client said of itself. */
@NullMarked
package io.towncrier.releases.targeting;

import org.jspecify.annotations.NullMarked;
