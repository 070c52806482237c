package io.towncrier.platform;

import java.util.List;

/**
 * An RFC 9457 problem document.
 *
 * @param code stable, kebab-case; what a client switches on
 * @param title the same for every problem of this code
 * @param status the HTTP status
 * @param detail what is to be said about this one; never a value that was sent
 * @param errors for bad input, every defect that was found
 */
public record Problem(
    String code, String title, int status, String detail, List<FieldError> errors) {
  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem invalidRequest(List<FieldError> errors) {
    return ProblemCode.INVALID_REQUEST.with("See errors for each field.", errors);
  }

  public static Problem invalidRequest(String field, String message) {
    return invalidRequest(List.of(new FieldError(field, message)));
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }
}
