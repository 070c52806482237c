/** How the canaries are, for operators. */
@NullMarked
package io.towncrier.notices.canary.rest;

import org.jspecify.annotations.NullMarked;
