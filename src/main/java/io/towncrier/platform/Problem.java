package io.towncrier.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An RFC 9457 problem document.
 *
 * @param code stable, kebab-case; what a client switches on
 * @param title the same for every problem of this code
 * @param status the HTTP status
 * @param detail what is to be said about this one; never a value that was sent
 * @param errors for bad input, every defect that was found
 * @param current for a change to what was changed meanwhile: how it stands now, as it is read
 * @param known where unknown members cost a client more than others: the paths of all known ones,
 *     so that it can repeat its request with those alone
 * @param cell of {@link ProblemCode#WRONG_CELL}: the name of the cell that serves the caller
 * @param url of that cell
 */
@Schema(name = "Problem")
public record Problem(
    String code,
    String title,
    int status,
    String detail,
    List<FieldError> errors,
    Optional<Object> current,
    Optional<List<String>> known,
    Optional<String> cell,
    Optional<String> url) {
  public Problem {
    errors = List.copyOf(errors);
    known = known.map(List::copyOf);
  }

  public static Problem invalidRequest(List<FieldError> errors) {
    return ProblemCode.INVALID_REQUEST.with("See errors for each field.", errors);
  }

  /** The same of so many defects that only the first are named. */
  public static Problem invalidRequest(List<FieldError> errors, int most) {
    return errors.size() <= most
        ? invalidRequest(errors)
        : ProblemCode.INVALID_REQUEST.with(
            "There are %d defects; errors has the first %d.".formatted(errors.size(), most),
            errors.subList(0, most));
  }

  public static Problem invalidRequest(String field, String message) {
    return invalidRequest(List.of(new FieldError(field, message)));
  }

  /** The same, and how the thing in question stands now. */
  public Problem withCurrent(Object state) {
    return new Problem(code, title, status, detail, errors, Optional.of(state), known, cell, url);
  }

  /** The same, and the members that would have been understood. */
  public Problem withKnown(List<String> members) {
    return new Problem(
        code, title, status, detail, errors, current, Optional.of(members), cell, url);
  }

  /** The same, and the cell that serves the caller. */
  public Problem withCell(String name, String address) {
    return new Problem(
        code,
        title,
        status,
        detail,
        errors,
        current,
        known,
        Optional.of(name),
        Optional.of(address));
  }

  public ProblemException asException() {
    return new ProblemException(this, Optional.empty());
  }

  /** To be tried again after that time. */
  public ProblemException asException(Duration retryAfter) {
    return new ProblemException(this, Optional.of(retryAfter));
  }
}
