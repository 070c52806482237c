/** The witness of a cell, in S3. */
@NullMarked
package io.towncrier.installation.s3;

import org.jspecify.annotations.NullMarked;
