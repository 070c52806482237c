package io.towncrier.platform.rest.body;

/**
 * A body that may be missing, whatever media type it is said to have; then none of its members is
 * given.
 */
public interface SmallBody {}
