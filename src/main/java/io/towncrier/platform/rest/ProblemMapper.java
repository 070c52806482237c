package io.towncrier.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.database.DatabaseUnavailable;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a failure becomes an HTTP answer. */
public final class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  // Faults of a database take seconds, or until somebody looks.
  private static final Duration AFTER_DATABASE = Duration.ofSeconds(5);
  static final String MEDIA_TYPE = "application/problem+json";

  @ServerExceptionMapper
  Response problem(ProblemException failure) {
    Response answer = answer(failure.problem());
    return failure
        .retryAfter()
        // In whole seconds, RFC 9110 section 10.2.3, and none too early.
        .map(wait -> wait.plusMillis(999).toSeconds())
        .map(s -> Response.fromResponse(answer).header(HttpHeaders.RETRY_AFTER, s).build())
        .orElse(answer);
  }

  @ServerExceptionMapper
  Response database(DatabaseUnavailable failure) {
    LOG.debugf("answered 503: %s", failure);
    return problem(
        ProblemCode.DATABASE_UNAVAILABLE
            .with("It may pass in a moment. Send the request again.")
            .asException(AFTER_DATABASE));
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response unauthenticated(SecurityException failure) {
    return Response.fromResponse(
            answer(ProblemCode.UNAUTHENTICATED.with("Send a valid credential.")))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException failure) {
    return answer(
        ProblemCode.FORBIDDEN.with(
            "The caller lacks the role for this. Sign in as somebody who has it."));
  }

  // Named beside its parent: RESTEasy has a mapper of its own for this one, with no body.
  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  Response json(JsonProcessingException failure) {
    if (failure.getCause() instanceof ProblemException problem) {
      return problem(problem);
    }
    if (failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return answer(Problem.invalidRequest(pathOf(mapping), "has the wrong type"));
    }
    String place =
        failure.getLocation() == null
            ? "The body cannot be read."
            : "Line %d, column %d."
                .formatted(failure.getLocation().getLineNr(), failure.getLocation().getColumnNr());
    return answer(ProblemCode.MALFORMED_JSON.with(place));
  }

  @ServerExceptionMapper
  Response webApplication(WebApplicationException failure) {
    if (failure.getCause() instanceof JsonProcessingException json) {
      return json(json);
    }
    if (failure.getCause() instanceof ProblemException problem) {
      return problem(problem);
    }
    int status = failure.getResponse().getStatus();
    return switch (status) {
      case 404 -> answer(ProblemCode.NOT_FOUND.with("No resource has this path."));
      case 405 ->
          answer(ProblemCode.METHOD_NOT_ALLOWED.with("/q/openapi lists the methods of this path."));
      case 406 -> answer(ProblemCode.NOT_ACCEPTABLE.with("Send Accept: application/json."));
      case 413 ->
          answer(
              ProblemCode.BODY_TOO_LARGE.with(
                  "The limits are in docs/configuration.md. Send less at a time."));
      case 415 ->
          answer(ProblemCode.UNSUPPORTED_MEDIA_TYPE.with("Send Content-Type: application/json."));
      default ->
          status < 500
              ? answer(Problem.invalidRequest("request", "cannot be understood"))
              : internal(failure);
    };
  }

  @ServerExceptionMapper
  Response internal(Throwable failure) {
    // The only place that writes a stack trace; the message of a database error may hold values.
    LOG.error("request failed", failure);
    return answer(
        ProblemCode.INTERNAL.with(
            "The log has it under the id in X-Request-Id. Send the request again later."));
  }

  public static Response answer(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(problem);
    // RFC 9110 section 15.5.2: it says which credential would do.
    return problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()
        ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build()
        : answer.build();
  }

  private static String pathOf(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(
            step ->
                step.getFieldName() != null
                    ? "." + step.getFieldName()
                    : String.format(Locale.ROOT, "[%d]", step.getIndex()))
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
