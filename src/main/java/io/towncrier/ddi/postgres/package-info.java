@NullMarked
package io.towncrier.ddi.postgres;

import org.jspecify.annotations.NullMarked;
