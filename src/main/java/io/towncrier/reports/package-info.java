/** Long looks at the fleet that nobody waits for: done page by page, fetched later. */
@NullMarked
package io.towncrier.reports;

import org.jspecify.annotations.NullMarked;
