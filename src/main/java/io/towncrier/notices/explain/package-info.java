/** Why a device got a notice, or did not. */
@NullMarked
package io.towncrier.notices.explain;

import org.jspecify.annotations.NullMarked;
