/** Work between the functions, as messages of SQS. */
@NullMarked
package io.towncrier.delivery.sqs;

import org.jspecify.annotations.NullMarked;
