/** Whom a notice addresses, and why somebody is not among them. */
@NullMarked
package io.towncrier.notices.audience;

import org.jspecify.annotations.NullMarked;
