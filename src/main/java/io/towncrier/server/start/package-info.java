@NullMarked
package io.towncrier.server.start;

import org.jspecify.annotations.NullMarked;
