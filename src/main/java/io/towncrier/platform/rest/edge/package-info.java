/** What is settled before any endpoint: the path, the caller's address, origins and headers. */
@NullMarked
package io.towncrier.platform.rest.edge;

import org.jspecify.annotations.NullMarked;
