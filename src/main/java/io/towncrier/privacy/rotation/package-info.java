/** Moves what is sealed and hashed from one version of the keys to the next. */
@NullMarked
package io.towncrier.privacy.rotation;

import org.jspecify.annotations.NullMarked;
