/** Calls pushes back that must not be shown any more (docs/adr/0070). */
@NullMarked
package io.towncrier.delivery.recall;

import org.jspecify.annotations.NullMarked;
