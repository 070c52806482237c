@NullMarked
package io.towncrier.downloads.postgres;

import org.jspecify.annotations.NullMarked;
