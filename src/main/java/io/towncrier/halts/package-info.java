/** One call that stops everything of a cell, and one that lets it go on (docs/adr/0025). */
@NullMarked
package io.towncrier.halts;

import org.jspecify.annotations.NullMarked;
