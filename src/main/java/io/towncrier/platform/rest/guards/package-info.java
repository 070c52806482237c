/** What an operator may send along so that an act does what was meant, once. */
@NullMarked
package io.towncrier.platform.rest.guards;

import org.jspecify.annotations.NullMarked;
