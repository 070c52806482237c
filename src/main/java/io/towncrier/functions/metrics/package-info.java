/** What the functions count, in CloudWatch's embedded metric format. */
@NullMarked
package io.towncrier.functions.metrics;

import org.jspecify.annotations.NullMarked;
