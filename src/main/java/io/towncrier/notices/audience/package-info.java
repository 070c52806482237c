/** Which devices a notice addresses, and why a device is not among them. */
@NullMarked
package io.towncrier.notices.audience;

import org.jspecify.annotations.NullMarked;
