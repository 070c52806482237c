/** What every feature stands on: time, ids, problems, input, the database, sign-in. */
@NullMarked
package io.towncrier.platform;

import org.jspecify.annotations.NullMarked;
