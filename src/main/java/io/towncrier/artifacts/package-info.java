/**
 * Images that operators upload: taken in parts, verified from their bytes, kept in a folder or in
 * S3, and served under a URL that never changes (docs/adr/0052).
 */
@NullMarked
package io.towncrier.artifacts;

import org.jspecify.annotations.NullMarked;
