/** Language tags, how they match as CLDR has it (docs/adr/0023), and texts by language. */
@NullMarked
package io.towncrier.platform.language;

import org.jspecify.annotations.NullMarked;
