/** Whether this process is alive and ready, and what it was built from. */
@NullMarked
package io.towncrier.platform.rest.health;

import org.jspecify.annotations.NullMarked;
