/** How far a push that a provider has accepted came, and who says so (docs/adr/0068). */
@NullMarked
package io.towncrier.delivery.ladder;

import org.jspecify.annotations.NullMarked;
