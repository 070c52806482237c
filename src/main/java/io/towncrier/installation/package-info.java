/** Knows whether the database is the one that it was: pushes of a restored one wait. */
@NullMarked
package io.towncrier.installation;

import org.jspecify.annotations.NullMarked;
