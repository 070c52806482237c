/** What a notice says, and what it must say. */
@NullMarked
package io.towncrier.notices.text;

import org.jspecify.annotations.NullMarked;
