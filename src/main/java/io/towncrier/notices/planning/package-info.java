/** Plans the deliveries of notices, a page of the fleet at a time (docs/adr/0035). */
@NullMarked
package io.towncrier.notices.planning;

import org.jspecify.annotations.NullMarked;
