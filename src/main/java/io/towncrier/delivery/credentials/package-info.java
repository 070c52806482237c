/** What a provider knows us by, as operators give it. */
@NullMarked
package io.towncrier.delivery.credentials;

import org.jspecify.annotations.NullMarked;
