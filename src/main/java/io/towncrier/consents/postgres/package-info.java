@NullMarked
package io.towncrier.consents.postgres;

import org.jspecify.annotations.NullMarked;
