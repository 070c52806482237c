/** Who is calling: which credential counts where, and what it makes of the caller. */
@NullMarked
package io.towncrier.platform.auth;

import org.jspecify.annotations.NullMarked;
