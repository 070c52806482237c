/** Routers whose clients speak hawkBit's DDI, or poll as RAUC does (docs/adr/0054, 0055). */
@NullMarked
package io.towncrier.ddi;

import org.jspecify.annotations.NullMarked;
