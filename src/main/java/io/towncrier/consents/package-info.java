/** What people have agreed to, and what stops when they withdraw it (docs/adr/0045). */
@NullMarked
package io.towncrier.consents;

import org.jspecify.annotations.NullMarked;
