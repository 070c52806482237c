@NullMarked
package io.towncrier.privacy.postgres;

import org.jspecify.annotations.NullMarked;
