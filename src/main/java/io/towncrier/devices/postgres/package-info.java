@NullMarked
package io.towncrier.devices.postgres;

import org.jspecify.annotations.NullMarked;
