/** Devices that are deleted stay deleted, also in a database that is restored. */
@NullMarked
package io.towncrier.devices.erasure;

import org.jspecify.annotations.NullMarked;
