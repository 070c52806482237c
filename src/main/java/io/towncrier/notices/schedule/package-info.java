/** When each device is pushed to. */
@NullMarked
package io.towncrier.notices.schedule;

import org.jspecify.annotations.NullMarked;
