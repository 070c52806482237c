package io.towncrier.platform.auth;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Switches OIDC on when somebody has configured it: by itself the extension refuses to start
 * without an auth server or a public key.
 */
public final class OidcSwitch implements ConfigSourceFactory {
  static final String AUTH_SERVER = "quarkus.oidc.auth-server-url";
  static final String PUBLIC_KEY = "quarkus.oidc.public-key";

  // Below application.properties: an explicit setting counts.
  private static final int ORDINAL = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    boolean configured =
        Stream.of(AUTH_SERVER, PUBLIC_KEY)
            .map(context::getValue)
            .map(ConfigValue::getValue)
            .anyMatch(value -> value != null && !value.isBlank());
    return List.of(
        new PropertiesConfigSource(
            Map.of("quarkus.oidc.tenant-enabled", Boolean.toString(configured)),
            "OIDC when configured",
            ORDINAL));
  }
}
