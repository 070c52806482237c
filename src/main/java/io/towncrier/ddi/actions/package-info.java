/** What a device was offered by DDI, what it said of it, and what that means. Pure. */
@NullMarked
package io.towncrier.ddi.actions;

import org.jspecify.annotations.NullMarked;
