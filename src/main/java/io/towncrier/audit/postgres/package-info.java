@NullMarked
package io.towncrier.audit.postgres;

import org.jspecify.annotations.NullMarked;
