/** To which cell a device belongs, and what it takes to be kept by another one (docs/adr/0045). */
@NullMarked
package io.towncrier.devices.residency;

import org.jspecify.annotations.NullMarked;
