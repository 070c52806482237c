@NullMarked
package io.towncrier.installation.postgres;

import org.jspecify.annotations.NullMarked;
