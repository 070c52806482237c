/** How much devices may begin to download at once, by region. */
@NullMarked
package io.towncrier.downloads;

import org.jspecify.annotations.NullMarked;
