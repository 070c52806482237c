/** The settings that make one cell differ from another. */
@NullMarked
package io.towncrier.infra.cell;

import org.jspecify.annotations.NullMarked;
