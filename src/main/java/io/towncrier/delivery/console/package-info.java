@NullMarked
package io.towncrier.delivery.console;

import org.jspecify.annotations.NullMarked;
