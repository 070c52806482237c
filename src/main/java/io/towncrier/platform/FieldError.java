package io.towncrier.platform;

/**
 * One defect of an input.
 *
 * @param field where it is, as a path: {@code country}, {@code releases[3].notes.en.title}
 * @param message what is wrong, without repeating the value that was sent
 */
public record FieldError(String field, String message) {}
