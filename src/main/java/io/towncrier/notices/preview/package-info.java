/** Who would get a notice, and who would not, before it is started. */
@NullMarked
package io.towncrier.notices.preview;

import org.jspecify.annotations.NullMarked;
