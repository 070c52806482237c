/** What every persisted column is: the one list that export, erasure and retention read. */
@NullMarked
package io.towncrier.privacy.classification;

import org.jspecify.annotations.NullMarked;
