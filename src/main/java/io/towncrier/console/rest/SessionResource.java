package io.towncrier.console.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.console.ConsoleSessions;
import io.towncrier.console.SignIn;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.auth.SessionCookie;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Signs an operator in to the console, and out again (docs/adr/0056). */
@Path("/console/session")
@Tag(name = "Operators")
@PermitAll
class SessionResource {
  private static final int LONGEST = 500;

  private final ConsoleConfig console;
  private final TowncrierConfig config;
  private final SignIn signIn;
  private final ConsoleSessions sessions;

  SessionResource(
      ConsoleConfig console, TowncrierConfig config, SignIn signIn, ConsoleSessions sessions) {
    this.console = console;
    this.config = config;
    this.signIn = signIn;
    this.sessions = sessions;
  }

  /**
   * How somebody signs in: one of the two.
   *
   * @param token the operator token
   * @param code a code of dev mode, which counts once
   */
  @Schema(name = "ConsoleSignIn")
  record Credential(@Nullable String token, @Nullable String code) {}

  /**
   * Who is signed in now.
   *
   * @param operator the subject, as the audit log names it
   */
  @Schema(name = "ConsoleSignedIn")
  record Opened(String operator) {}

  @POST
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "Signed in; the session is in a cookie",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Opened.class)))
  @Operation(
      operationId = "signInToConsole",
      summary = "Sign in to the console with the operator token",
      description =
          "For the console's own page, which sends Towncrier-Console: 1. The cookie counts below"
              + " /v1/admin/ where no Authorization is sent.")
  @Problems({
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.NOT_FOUND,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.DATABASE_UNAVAILABLE,
    ProblemCode.WRONG_MASTER_KEY
  })
  public Uni<Opened> open(@Nullable Credential body, @Context HttpServerRequest request) {
    requireServed();
    InputReader input = new InputReader();
    requireOwnPage(input, request);
    Credential given = Bodies.required(body);
    Optional<String> code = input.optionalText("code", given.code(), LONGEST);
    String token = code.isPresent() ? "" : input.text("token", given.token(), LONGEST);
    input.finish();
    String source = source(request);
    return (code.isPresent()
            ? signIn.withCode(new Secret(code.get()), source)
            : signIn.withToken(new Secret(token), source))
        .map(outcome -> told(outcome, request));
  }

  @DELETE
  @Operation(operationId = "signOutOfConsole", summary = "Sign out of the console")
  @Problems({
    ProblemCode.INVALID_REQUEST,
    ProblemCode.NOT_FOUND,
    ProblemCode.DATABASE_UNAVAILABLE,
    ProblemCode.WRONG_MASTER_KEY
  })
  public Uni<Void> end(@Context HttpServerRequest request) {
    requireServed();
    InputReader input = new InputReader();
    requireOwnPage(input, request);
    input.finish();
    SessionCookie.remove(request);
    return SessionCookie.of(request)
        .map(sessions::end)
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static Opened told(SignIn.Outcome outcome, HttpServerRequest request) {
    if (outcome instanceof SignIn.Opened opened) {
      SessionCookie.set(request, opened.session(), ConsoleSessions.LONGEST);
      return new Opened(opened.operator());
    } else if (outcome instanceof SignIn.Wrong) {
      throw ProblemCode.UNAUTHENTICATED
          .with("This is not the operator token, or the code was used before.")
          .asException();
    } else if (outcome instanceof SignIn.Wait wait) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("Too many tries were wrong. Wait as long as Retry-After says.")
          .asException(wait.time());
    }
    throw new ForgottenCase(outcome);
  }

  /** Also of a sign-in: a page of another site must not sign somebody in as somebody else. */
  private static void requireOwnPage(InputReader input, HttpServerRequest request) {
    if (!SessionCookie.isFromOwnPage(request)) {
      input.reject(SessionCookie.OWN_PAGE, "must be 1, and sent by the console's own page");
    }
  }

  private void requireServed() {
    if (!console.operators()) {
      throw ProblemCode.NOT_FOUND.with("No resource has this path.").asException();
    }
  }

  private String source(HttpServerRequest request) {
    return ClientAddress.of(
        request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress(),
        request.headers().getAll("X-Forwarded-For"),
        config.http().trustedProxies());
  }
}
