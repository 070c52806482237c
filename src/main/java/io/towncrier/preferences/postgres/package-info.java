@NullMarked
package io.towncrier.preferences.postgres;

import org.jspecify.annotations.NullMarked;
