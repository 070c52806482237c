/**
 * What dev mode has in place of a provider: users who sign in without one, and pushes to look at.
 */
@NullMarked
package io.towncrier.server.dev;

import org.jspecify.annotations.NullMarked;
