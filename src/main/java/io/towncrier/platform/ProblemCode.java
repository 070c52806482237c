package io.towncrier.platform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every problem that the service answers with: the one catalogue of its errors. */
public enum ProblemCode {
  INVALID_REQUEST(400, "The request is not valid"),
  MALFORMED_JSON(400, "The body is not valid JSON"),
  UNAUTHENTICATED(401, "Credentials are missing or wrong"),
  STEP_UP_REQUIRED(401, "This needs a stronger sign-in"),
  FORBIDDEN(403, "These credentials do not allow it"),
  NOT_FOUND(404, "There is nothing here"),
  UNKNOWN_PRODUCT(404, "There is no such product"),
  UNKNOWN_RELEASE(404, "There is no such release"),
  UNKNOWN_NOTICE(404, "There is no such notice"),
  UNKNOWN_DEVICE(404, "There is no such device"),
  UNKNOWN_REPORT(404, "There is no such report"),

  UNKNOWN_PRIVACY_REQUEST(404, "There is no such privacy request"),

  UNKNOWN_ACCOUNT(404, "Nothing is kept of this person"),
  UNKNOWN_RECEIPT(404, "There is no such receipt"),

  UNKNOWN_TOKEN(404, "There is no such token"),

  UNKNOWN_ARTIFACT(404, "There is no such artifact"),
  RECEIPTS_NOT_TAKEN(404, "No receipts are taken here"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  NOT_ACCEPTABLE(406, "Only application/json can be answered"),
  REQUEST_TIMEOUT(408, "The request did not arrive in time"),
  STALE_REVISION(409, "Somebody else has changed it since you read it"),
  ALREADY_EXISTS(409, "One with this id exists already"),
  APPROVAL_NEEDED(409, "A second person has to approve it"),
  REACH_HAS_GROWN(409, "It reaches more devices than you expect"),
  NOTHING_TO_PROVE(409, "No push address waits for its proof"),
  WRONG_STATE(409, "Its state does not allow that"),
  TOO_MANY_DEVICES(409, "This looks at too many devices to be answered at once"),

  CONTRADICTING_OUTCOME(409, "The opposite was reported before"),
  LATE_OUTCOME(409, "Something later was reported before"),

  ARTIFACT_IN_USE(409, "The artifact is still needed"),
  BODY_TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The path and query are too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Only application/json is understood"),
  WRONG_CELL(421, "Another cell serves this country"),
  UNPUBLISHABLE(422, "The linter found errors"),
  KEY_USED_OTHERWISE(422, "This key was sent with another request"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "Something failed on our side"),
  IMPORT_UNDER_WAY(503, "Another import is under way"),
  DATABASE_UNAVAILABLE(503, "The database does not answer at present"),
  NOT_YET_EFFECTIVE(503, "The change is stored, and not in force yet"),
  WRONG_MASTER_KEY(503, "This process has another master key than its database"),
  ARTIFACTS_UNAVAILABLE(503, "The store of artifacts cannot be used at present"),
  PROVIDER_UNAVAILABLE(503, "The push provider cannot be reached");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public Problem with(String detail) {
    return with(detail, List.of());
  }

  public Problem with(String detail, List<FieldError> errors) {
    return new Problem(
        code(),
        title,
        status,
        detail,
        errors,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** As clients read it: stable, kebab-case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The same for every problem of this code. */
  public String title() {
    return title;
  }

  public int status() {
    return status;
  }
}
