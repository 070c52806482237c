/** How the functions share the deliveries of a notice (docs/adr/0019). */
@NullMarked
package io.towncrier.delivery.sharding;

import org.jspecify.annotations.NullMarked;
