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

  private final OidcAuthenticationMechanism oidc;
  private final boolean oidcConfigured;
  private final DeviceCredentials devices;
  private final Instance<LocalCredentials> local;

  Authentication(
      OidcAuthenticationMechanism oidc,
      @ConfigProperty(name = OidcSwitch.AUTH_SERVER) Optional<String> authServer,
      @ConfigProperty(name = OidcSwitch.PUBLIC_KEY) Optional<String> publicKey,
      DeviceCredentials devices,
      Instance<LocalCredentials> local) {
    this.oidc = oidc;
    this.oidcConfigured = authServer.isPresent() || publicKey.isPresent();
    this.devices = devices;
    this.local = local;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager idp) {
    Matcher path = DEVICE_PATH.matcher(request.normalizedPath());
    if (path.matches() && !ACCOUNT_LINK.equals(path.group(2))) {
      return bearer(request)
          .map(secret -> device(path.group(1), secret))
          .orElseGet(() -> Uni.createFrom().nullItem());
    }
    if (oidcConfigured) {
      return oidc.authenticate(request, idp)
          .map(identity -> identity == null ? null : withRole(identity, Roles.USER));
    }
    return bearer(request)
        .map(token -> Uni.createFrom().item(local(token)))
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  private Uni<SecurityIdentity> device(String deviceId, Secret secret) {
    return devices
        .belongTogether(deviceId, secret)
        .map(
            proved -> {
              if (!proved) {
                throw new AuthenticationFailedException();
              }
              return identity(deviceId, Roles.DEVICE);
            });
  }

  private SecurityIdentity local(Secret token) {
    return local.stream()
        .flatMap(credentials -> Stream.ofNullable(credentials.callerOf(token).orElse(null)))
        .findFirst()
        .map(caller -> identity(caller.name(), caller.role()))
        .orElseThrow(AuthenticationFailedException::new);
  }

  private static Optional<Secret> bearer(RoutingContext request) {
    return Optional.ofNullable(request.request().getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> new Secret(header.substring(SCHEME.length()).trim()));
  }

  private static SecurityIdentity identity(String name, String role) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(name))
        .addRole(role)
        .build();
  }

  private static SecurityIdentity withRole(SecurityIdentity identity, String role) {
    return QuarkusSecurityIdentity.builder(identity).addRole(role).build();
  }
}
