package io.towncrier.console.rest;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.console.AuthServer;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.console.ConsoleSessions;
import io.towncrier.console.SignInAttempt;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Authentication;
import io.towncrier.platform.auth.MultiFactor;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.auth.SessionCookie;
import io.towncrier.platform.auth.SessionCredentials.SignedIn;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in to the console by the OIDC provider: a browser is sent there, comes back with a
 * code, and leaves with a session. The access token is checked as a bearer is, and kept nowhere
 * (docs/adr/0063).
 */
@Path("/console")
@PermitAll
class CodeSignInResource {
  private static final Logger LOG = Logger.getLogger(CodeSignInResource.class);
  private static final Duration ATTEMPT = Duration.ofMinutes(10);

  private final ConsoleConfig console;
  private final AuthServer provider;
  private final ConsoleSessions sessions;
  private final Authentication authentication;
  private final IdentityProviderManager identities;
  private final CodeSignInRules rules;

  CodeSignInResource(
      ConsoleConfig console,
      AuthServer provider,
      ConsoleSessions sessions,
      Authentication authentication,
      IdentityProviderManager identities,
      CodeSignInRules rules) {
    this.console = console;
    this.provider = provider;
    this.sessions = sessions;
    this.authentication = authentication;
    this.identities = identities;
    this.rules = rules;
  }

  /** Sends a browser to the provider; {@code acr} when the last sign-in was not strong enough. */
  @GET
  @Path("/sign-in")
  @Operation(hidden = true)
  public Uni<Response> begin(
      @QueryParam("back") @Nullable String back,
      @QueryParam("acr") @Nullable String stronger,
      @Context RoutingContext request) {
    requireSetUp();
    SignInAttempt attempt = SignInAttempt.begin(back == null ? "" : back);
    return provider
        .entrance(attempt, stronger == null ? Optional.empty() : rules.acrValues())
        .map(
            entrance -> {
              SessionCookie.keepAttempt(request.request(), attempt.written(), ATTEMPT);
              return seeOther(entrance.toString());
            })
        .onFailure(AuthServer.Away.class)
        .recoverWithItem(away -> failed("provider-away", away));
  }

  /** Where the provider sends a browser back to. */
  @GET
  @Path("/callback")
  @Operation(hidden = true)
  public Uni<Response> end(
      @QueryParam("code") @Nullable String code,
      @QueryParam("state") @Nullable String state,
      @Context RoutingContext request) {
    requireSetUp();
    Optional<SignInAttempt> attempt =
        SessionCookie.takeAttempt(request.request())
            .flatMap(SignInAttempt::read)
            .filter(begun -> state != null && begun.isAnsweredBy(state));
    if (attempt.isEmpty()) {
      return Uni.createFrom().item(failed("expired"));
    }
    if (code == null || code.isBlank()) {
      return Uni.createFrom().item(failed("refused"));
    }
    if (!rules.allows(request.request())) {
      return Uni.createFrom().item(failed("wait"));
    }
    return provider
        .redeem(code, attempt.get())
        .chain(
            token ->
                token
                    .map(given -> signedIn(given, attempt.get(), request))
                    .orElseGet(() -> Uni.createFrom().item(failed("refused"))))
        .onFailure(AuthServer.Away.class)
        .recoverWithItem(away -> failed("provider-away", away));
  }

  private Uni<Response> signedIn(Secret token, SignInAttempt attempt, RoutingContext request) {
    return authentication
        .ofAccessToken(token, request, identities)
        .chain(
            identity ->
                role(identity)
                    .map(role -> opened(identity, role, attempt, request))
                    .orElseGet(() -> Uni.createFrom().item(failed("no-role"))))
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(refused -> failed("refused", refused));
  }

  private Uni<Response> opened(
      SecurityIdentity identity, String role, SignInAttempt attempt, RoutingContext request) {
    return sessions
        .open(new SignedIn(identity.getPrincipal().getName(), role, MultiFactor.isShown(identity)))
        .map(
            session -> {
              SessionCookie.set(request.request(), session, ConsoleSessions.LONGEST);
              return seeOther("/console" + attempt.back());
            });
  }

  private static Optional<String> role(SecurityIdentity identity) {
    if (identity.hasRole(Roles.OPERATOR)) {
      return Optional.of(Roles.OPERATOR);
    }
    return identity.hasRole(Roles.VIEWER) ? Optional.of(Roles.VIEWER) : Optional.empty();
  }

  private void requireSetUp() {
    if (!console.operators() || !provider.isSetUp()) {
      throw ProblemCode.NOT_FOUND.with("No resource has this path.").asException();
    }
  }

  private static Response failed(String why, Throwable failure) {
    LOG.warnf("a sign-in to the console failed: %s", failure.getMessage());
    return failed(why);
  }

  /** The page says it in words. */
  private static Response failed(String why) {
    return seeOther("/console#sign-in=" + why);
  }

  /** As it stands: a place of ours is not made absolute by what a request says of its host. */
  private static Response seeOther(String place) {
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, place)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
