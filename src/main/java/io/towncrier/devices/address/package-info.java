/** The address that pushes go to, and the proof that the phone at it asked for them. */
@NullMarked
package io.towncrier.devices.address;

import org.jspecify.annotations.NullMarked;
