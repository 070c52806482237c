/** Who else receives personal data, and what they are to delete (docs/adr/0064). */
@NullMarked
package io.towncrier.privacy.processors;

import org.jspecify.annotations.NullMarked;
