@NullMarked
package io.towncrier.notices.postgres;

import org.jspecify.annotations.NullMarked;
