package io.towncrier.platform.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of an operation that reads none: nothing, or an object without members. What stands in
 * it would not be acted upon, and is refused by name. The operation takes every media type, so that
 * a stop does not fail for a header.
 */
@Schema(hidden = true)
public record NoBody() {}
