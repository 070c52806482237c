/** Keeps personal data sealed, and finds it again without reading it. */
@NullMarked
package io.towncrier.privacy;

import org.jspecify.annotations.NullMarked;
