/** Pages that people look at: today the notification alerts of Personal Center. */
@NullMarked
package io.towncrier.console;

import org.jspecify.annotations.NullMarked;
