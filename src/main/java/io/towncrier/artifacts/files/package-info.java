/** Artifacts of the plain server: in a folder of its data directory, and served from there. */
@NullMarked
package io.towncrier.artifacts.files;

import org.jspecify.annotations.NullMarked;
