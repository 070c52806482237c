/** Where clients reach this service. */
@NullMarked
package io.towncrier.platform.address;

import org.jspecify.annotations.NullMarked;
