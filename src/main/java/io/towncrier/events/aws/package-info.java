/** Events on a bus of Amazon EventBridge. */
@NullMarked
package io.towncrier.events.aws;

import org.jspecify.annotations.NullMarked;
