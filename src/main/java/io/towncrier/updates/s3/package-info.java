/** The published snapshot in S3. */
@NullMarked
package io.towncrier.updates.s3;

import org.jspecify.annotations.NullMarked;
