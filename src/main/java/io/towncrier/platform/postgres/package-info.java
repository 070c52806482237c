@NullMarked
package io.towncrier.platform.postgres;

import org.jspecify.annotations.NullMarked;
