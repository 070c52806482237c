/** What features need to know of Vert.x' contexts. */
@NullMarked
package io.towncrier.platform.vertx;

import org.jspecify.annotations.NullMarked;
