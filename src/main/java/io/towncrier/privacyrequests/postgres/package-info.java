@NullMarked
package io.towncrier.privacyrequests.postgres;

import org.jspecify.annotations.NullMarked;
