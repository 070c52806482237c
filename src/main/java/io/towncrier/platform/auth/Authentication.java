package io.towncrier.platform.auth;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which credential counts where: below a device's own path its secret, below a path of hawkBit's
 * DDI the tokens of that protocol, everywhere else an OIDC access token when OIDC is configured,
 * else what the plain server knows by itself. Below {@code /v1/admin/} a session of the console
 * counts where no other credential is shown.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {
  private static final String AUTHORIZATION = "Authorization";
  private static final String SCHEME = "Bearer ";
  private static final Pattern DEVICE_PATH = Pattern.compile("/v1/devices/([^/]+)(/.*)?");
  private static final String ACCOUNT_LINK = "/account";
  private static final Set<String> OF_PROVIDER = Set.of(Roles.OPERATOR, Roles.VIEWER);
  private static final Pattern CONTROLLER_PATH =
      Pattern.compile("/[^/]+/controller/v1/([^/]+)(/.*)?");

  // RAUC knows no other scheme: user and password stand in the URL that it polls.
  private static final String RAUC = "/rauc";
  private static final String BASIC = "Basic ";

  /**
   * What is served by a statement that compares the secret itself, so that none is spent on it
   * before. Only these are {@link Roles#SIGNING_IN} without being {@link Roles#DEVICE}: what is
   * missing here is proved beforehand, and what stands here and does not compare is refused.
   */
  private static final Set<String> COMPARED_BY_STATEMENT =
      Set.of(
          "GET ",
          "POST /check",
          "GET /rauc",
          "GET /notices",
          "GET /notification-alerts",
          "PUT /notification-alerts");

  private final OidcAuthenticationMechanism oidc;
  private final boolean oidcConfigured;
  private final MultiFactor multiFactor;
  private final DeviceCredentials devices;
  private final Instance<LocalCredentials> local;
  private final SessionCredentials sessions;

  Authentication(
      OidcAuthenticationMechanism oidc,
      OidcUse oidcUse,
      SignInConfig config,
      DeviceCredentials devices,
      Instance<LocalCredentials> local,
      SessionCredentials sessions) {
    this.oidc = oidc;
    this.oidcConfigured = oidcUse.isConfigured();
    this.multiFactor = MultiFactor.of(config);
    this.devices = devices;
    this.local = local;
    this.sessions = sessions;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager idp) {
    Matcher path = DEVICE_PATH.matcher(request.normalizedPath());
    if (path.matches() && !ACCOUNT_LINK.equals(path.group(2))) {
      return bearer(request)
          .or(() -> RAUC.equals(path.group(2)) ? basic(request, path.group(1)) : Optional.empty())
          .map(secret -> device(path, request.request().method().name(), secret))
          .orElseGet(() -> Uni.createFrom().nullItem());
    }
    Matcher controller = CONTROLLER_PATH.matcher(request.normalizedPath());
    if (controller.matches()) {
      return Uni.createFrom().item(controller(request, controller.group(1)));
    }
    Optional<Secret> session = SessionCookie.where(request.request(), request.normalizedPath());
    if (session.isPresent()) {
      return session(session.get(), SessionCookie.isByTimer(request.request()));
    }
    if (oidcConfigured) {
      return oidc.authenticate(request, idp)
          .map(identity -> identity == null ? null : signedIn(identity));
    }
    return bearer(request)
        .map(token -> Uni.createFrom().item(localCaller(token)))
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  /**
   * Whom an access token stands for that this service was given itself: checked as a bearer is, and
   * told in the same words. Fails when it does not count here.
   */
  public Uni<SecurityIdentity> ofAccessToken(
      Secret token, RoutingContext request, IdentityProviderManager idp) {
    return Uni.createFrom()
        .deferred(
            () -> {
              request.request().headers().set(AUTHORIZATION, SCHEME + token.reveal());
              return oidc.authenticate(request, idp);
            })
        .onTermination()
        .invoke(() -> request.request().headers().remove(AUTHORIZATION))
        .onItem()
        .ifNull()
        .failWith(AuthenticationFailedException::new)
        .map(this::signedIn);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  private Uni<SecurityIdentity> device(Matcher path, String method, Secret secret) {
    String deviceId = path.group(1);
    String below = path.group(2) == null ? "" : path.group(2);
    QuarkusSecurityIdentity.Builder caller =
        builder(deviceId, Roles.SIGNING_IN).addCredential(new ShownSecret(secret));
    if (COMPARED_BY_STATEMENT.contains(method + " " + below)) {
      return Uni.createFrom().item(caller.build());
    }
    return devices
        .belongTogether(deviceId, secret)
        .map(
            proved -> {
              if (!proved) {
                throw new AuthenticationFailedException();
              }
              return caller.addRole(Roles.DEVICE).build();
            });
  }

  /** By what it showed; null when that is no token of DDI. */
  private static @Nullable SecurityIdentity controller(RoutingContext request, String segment) {
    return Optional.ofNullable(request.request().getHeader(AUTHORIZATION))
        .flatMap(ShownToken::of)
        .<SecurityIdentity>map(
            token ->
                builder(PathSegments.decoded(segment), Roles.CONTROLLER)
                    .addCredential(token)
                    .build())
        .orElse(null);
  }

  private Uni<SecurityIdentity> session(Secret session, boolean byTimer) {
    return sessions
        .callerOf(session, byTimer)
        .map(
            known -> {
              SessionCredentials.SignedIn caller =
                  known.orElseThrow(AuthenticationFailedException::new);
              return builder(caller.name(), caller.role())
                  .addAttribute(MultiFactor.attribute(), caller.multiFactor())
                  .build();
            });
  }

  private SecurityIdentity localCaller(Secret token) {
    return local.stream()
        .flatMap(credentials -> Stream.ofNullable(credentials.callerOf(token).orElse(null)))
        .findFirst()
        .map(Authentication::local)
        .orElseThrow(AuthenticationFailedException::new);
  }

  private static Optional<Secret> bearer(RoutingContext request) {
    return Optional.ofNullable(request.request().getHeader(AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> new Secret(header.substring(SCHEME.length()).trim()));
  }

  /** The password of the user that is the device of the path; empty of any other. */
  private static Optional<Secret> basic(RoutingContext request, String deviceId) {
    return Optional.ofNullable(request.request().getHeader(AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .flatMap(header -> decoded(header.substring(BASIC.length()).trim()))
        .filter(pair -> pair.startsWith(deviceId + ":"))
        .map(pair -> new Secret(pair.substring(deviceId.length() + 1)));
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private SecurityIdentity signedIn(SecurityIdentity identity) {
    String subject = identity.getPrincipal().getName();
    // Quarkus asks for a subject in ID tokens alone.
    if (subject == null || subject.isBlank()) {
      throw new AuthenticationFailedException();
    }
    QuarkusSecurityIdentity.Builder caller =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(identity.getPrincipal())
            .addCredentials(identity.getCredentials())
            .addAttributes(identity.getAttributes())
            .addAttribute(MultiFactor.attribute(), multiFactor.shownBy(identity))
            .addRole(Roles.USER);
    // The provider's names are its own: of its groups these alone mean something here, and a
    // group that happens to be called "device" does not.
    OF_PROVIDER.stream().filter(identity::hasRole).forEach(caller::addRole);
    return caller.build();
  }

  // The holder of a local token has the machine's data directory or its log: no provider could ask
  // for more.
  private static SecurityIdentity local(LocalCredentials.Caller caller) {
    return builder(caller.name(), caller.role())
        .addAttribute(MultiFactor.attribute(), true)
        .build();
  }

  private static QuarkusSecurityIdentity.Builder builder(String name, String role) {
    return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRole(role);
  }
}
