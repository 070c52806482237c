/** Where a cell keeps its data, and the network and keys that keep it apart. */
@NullMarked
package io.towncrier.infra.stack.data;

import org.jspecify.annotations.NullMarked;
