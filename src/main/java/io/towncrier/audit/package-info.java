/** The audit log: who changed what, in a chain in which no entry is altered or lost unnoticed. */
@NullMarked
package io.towncrier.audit;

import org.jspecify.annotations.NullMarked;
