/** The versions of the keys: each is wrapped in the database, and open in memory. */
@NullMarked
package io.towncrier.privacy.keys;

import org.jspecify.annotations.NullMarked;
