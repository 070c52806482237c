/** Pushes to a few phones of the maker's own, that must be shown in time (docs/adr/0072). */
@NullMarked
package io.towncrier.notices.canary;

import org.jspecify.annotations.NullMarked;
