/** What a device tells with a request of its own: who calls, its facts, when it was last seen. */
@NullMarked
package io.towncrier.devices.checks;

import org.jspecify.annotations.NullMarked;
