@NullMarked
package io.towncrier.overview.postgres;

import org.jspecify.annotations.NullMarked;
