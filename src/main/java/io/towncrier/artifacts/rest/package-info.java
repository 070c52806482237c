/** Uploads and lists of artifacts, for operators. */
@NullMarked
package io.towncrier.artifacts.rest;

import org.jspecify.annotations.NullMarked;
