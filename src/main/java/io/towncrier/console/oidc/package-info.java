/** Asks the OIDC provider on behalf of the console. */
@NullMarked
package io.towncrier.console.oidc;

import org.jspecify.annotations.NullMarked;
