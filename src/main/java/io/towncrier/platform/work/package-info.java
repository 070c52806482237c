/** Work that may be much, done a little at a time. */
@NullMarked
package io.towncrier.platform.work;

import org.jspecify.annotations.NullMarked;
