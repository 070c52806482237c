/** The app that makes the templates of all cells. */
@NullMarked
package io.towncrier.infra;

import org.jspecify.annotations.NullMarked;
