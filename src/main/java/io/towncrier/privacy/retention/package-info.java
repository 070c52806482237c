/** How long data are kept, and what removes it when its period is over. */
@NullMarked
package io.towncrier.privacy.retention;

import org.jspecify.annotations.NullMarked;
