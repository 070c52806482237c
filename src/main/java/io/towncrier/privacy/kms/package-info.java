/** Wraps the keys of a cell by AWS KMS. */
@NullMarked
package io.towncrier.privacy.kms;

import org.jspecify.annotations.NullMarked;
