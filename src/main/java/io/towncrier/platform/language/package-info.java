/** How language tags are read and matched, as CLDR has it (docs/adr/0023). */
@NullMarked
package io.towncrier.platform.language;

import org.jspecify.annotations.NullMarked;
