package io.towncrier.platform;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One defect of an input.
 *
 * @param field where it is, as a path: {@code country}, {@code releases[3].notes.en.title}
 * @param message what is wrong, without repeating the value that was sent
 */
@Schema(name = "FieldError")
public record FieldError(String field, String message) {}
