/** An audience as it is stored, selected from the fleet and counted. */
@NullMarked
package io.towncrier.notices.selection;

import org.jspecify.annotations.NullMarked;
