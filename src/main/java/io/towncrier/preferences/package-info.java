/** Notification alerts: what a user allows, and the fence that makes a change hold. */
@NullMarked
package io.towncrier.preferences;

import org.jspecify.annotations.NullMarked;
