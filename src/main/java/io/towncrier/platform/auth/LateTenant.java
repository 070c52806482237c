package io.towncrier.platform.auth;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * In a function the auth server is asked with the first sign-in and not at the start, which is part
 * of a snapshot: the connection would be dead in every copy, and the keys as old as the snapshot.
 * The default tenant is switched off there, and this is the same one.
 */
@IfBuildProfile("lambda")
@ApplicationScoped
class LateTenant implements TenantConfigResolver {
  private static final String ID = "towncrier";

  private volatile @Nullable OidcTenantConfig made;

  @Override
  public Uni<OidcTenantConfig> resolve(
      RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
    OidcTenantConfig config = made;
    if (config == null) {
      config = make();
      made = config;
    }
    return Uni.createFrom().item(config);
  }

  private static OidcTenantConfig make() {
    OidcConfig settings =
        ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(OidcConfig.class);
    return OidcTenantConfig.builder(OidcConfig.getDefaultTenant(settings))
        .tenantId(ID)
        .tenantEnabled(true)
        .build();
  }
}
