/** Traces by OpenTelemetry; nobody else knows of it. */
@NullMarked
package io.towncrier.platform.tracing;

import org.jspecify.annotations.NullMarked;
