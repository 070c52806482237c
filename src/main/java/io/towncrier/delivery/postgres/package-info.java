@NullMarked
package io.towncrier.delivery.postgres;

import org.jspecify.annotations.NullMarked;
