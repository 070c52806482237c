/** The catalogue as checks read it: one immutable snapshot at a time, renewed beside them. */
@NullMarked
package io.towncrier.updates.snapshots;

import org.jspecify.annotations.NullMarked;
