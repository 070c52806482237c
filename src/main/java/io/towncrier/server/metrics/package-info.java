/** What the plain server counts, for Prometheus. */
@NullMarked
package io.towncrier.server.metrics;

import org.jspecify.annotations.NullMarked;
