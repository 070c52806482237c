/** What a cell is made of. */
@NullMarked
package io.towncrier.infra.stack;

import org.jspecify.annotations.NullMarked;
