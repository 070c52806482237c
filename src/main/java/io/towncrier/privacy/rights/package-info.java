/** The rights of a person: to know what is kept, to have all of it, and to have it erased. */
@NullMarked
package io.towncrier.privacy.rights;

import org.jspecify.annotations.NullMarked;
