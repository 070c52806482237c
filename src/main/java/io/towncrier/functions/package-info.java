/** The entry points of the Lambda package; nothing imports this. */
@NullMarked
package io.towncrier.functions;

import org.jspecify.annotations.NullMarked;
