@NullMarked
package io.towncrier.delivery.fcm;

import org.jspecify.annotations.NullMarked;
