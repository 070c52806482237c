@NullMarked
package io.towncrier.releases.postgres;

import org.jspecify.annotations.NullMarked;
