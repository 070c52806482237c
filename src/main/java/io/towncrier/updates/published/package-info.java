/** The snapshot as a signed object, for functions without a database (docs/adr/0019). */
@NullMarked
package io.towncrier.updates.published;

import org.jspecify.annotations.NullMarked;
