/** The keys of versions 2 and later: keysets of Google Tink. */
@NullMarked
package io.towncrier.privacy.tink;

import org.jspecify.annotations.NullMarked;
