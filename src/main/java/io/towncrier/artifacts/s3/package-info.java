/** Artifacts of a cell: in a bucket that the CDN serves from. */
@NullMarked
package io.towncrier.artifacts.s3;

import org.jspecify.annotations.NullMarked;
