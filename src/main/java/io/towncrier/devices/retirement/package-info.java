/** How a device leaves: revoked, forgotten on request, or removed after a long silence. */
@NullMarked
package io.towncrier.devices.retirement;

import org.jspecify.annotations.NullMarked;
