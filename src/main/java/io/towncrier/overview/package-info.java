/** What an operator looks at first: what moves, what is amiss, what comes next. */
@NullMarked
package io.towncrier.overview;

import org.jspecify.annotations.NullMarked;
