/** What this build was made from. */
@NullMarked
package io.towncrier.platform.build;

import org.jspecify.annotations.NullMarked;
