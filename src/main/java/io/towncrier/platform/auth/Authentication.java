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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which credential counts where: below a device's own path its secret, everywhere else an OIDC
 * access token when OIDC is configured, else what the plain server knows by itself.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {
  private static final String SCHEME = "Bearer ";
  private static final Pattern DEVICE_PATH = Pattern.compile("/v1/devices/([^/]+)(/.*)?");
  private static final String ACCOUNT_LINK = "/account";

  /**
   * What is served by a statement that compares the secret itself, so that none is spent on it
   * before. Only these are {@link Roles#SIGNING_IN} without being {@link Roles#DEVICE}: what is
   * missing here is proved beforehand, and what stands here and does not compare is refused.
   */
  private static final Set<String> COMPARED_BY_STATEMENT =
      Set.of(
          "GET ",
          "POST /check",
          "GET /notices",
          "GET /notification-alerts",
          "PUT /notification-alerts");

  private final OidcAuthenticationMechanism oidc;
  private final boolean oidcConfigured;
  private final MultiFactor multiFactor;
  private final DeviceCredentials devices;
  private final Instance<LocalCredentials> local;

  Authentication(
      OidcAuthenticationMechanism oidc,
      @ConfigProperty(name = OidcSwitch.AUTH_SERVER) Optional<String> authServer,
      @ConfigProperty(name = OidcSwitch.PUBLIC_KEY) Optional<String> publicKey,
      SignInConfig config,
      DeviceCredentials devices,
      Instance<LocalCredentials> local) {
    this.oidc = oidc;
    this.oidcConfigured = authServer.isPresent() || publicKey.isPresent();
    this.multiFactor = MultiFactor.of(config);
    this.devices = devices;
    this.local = local;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager idp) {
    Matcher path = DEVICE_PATH.matcher(request.normalizedPath());
    if (path.matches() && !ACCOUNT_LINK.equals(path.group(2))) {
      return bearer(request)
          .map(secret -> device(path, request.request().method().name(), secret))
          .orElseGet(() -> Uni.createFrom().nullItem());
    }
    if (oidcConfigured) {
      return oidc.authenticate(request, idp)
          .map(identity -> identity == null ? null : signedIn(identity));
    }
    return bearer(request)
        .map(token -> Uni.createFrom().item(localCaller(token)))
        .orElseGet(() -> Uni.createFrom().nullItem());
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

  private SecurityIdentity localCaller(Secret token) {
    return local.stream()
        .flatMap(credentials -> Stream.ofNullable(credentials.callerOf(token).orElse(null)))
        .findFirst()
        .map(Authentication::local)
        .orElseThrow(AuthenticationFailedException::new);
  }

  private static Optional<Secret> bearer(RoutingContext request) {
    return Optional.ofNullable(request.request().getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> new Secret(header.substring(SCHEME.length()).trim()));
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
    // The provider's names are its own: of its groups this one alone means something here, and a
    // group that happens to be called "device" does not.
    if (identity.hasRole(Roles.OPERATOR)) {
      caller.addRole(Roles.OPERATOR);
    }
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
