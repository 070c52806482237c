package io.towncrier.server;

import io.towncrier.platform.Secret;
import io.towncrier.platform.TowncrierConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the operator reads when the server has started: where it is, and lines to copy. */
@ApplicationScoped
class Greeting {
  private static final String SAMPLES =
      """

        firmware check   curl '%1$s/v1/products/towncrier_ax3000/update?version=1.2.0&country=DE&timezone=Europe/Berlin&language=de'
        app check        curl '%1$s/v1/products/router-app-android/update?version=3.0.1&country=US&timezone=America/Chicago&language=en'
        registration     R=$(curl -s '%1$s/v1/devices' -H 'Content-Type: application/json' -d '{"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE","timezone":"Europe/Berlin","language":"de"}'); echo "$R"
        opt-out          curl -X PUT "%1$s/v1/devices/$(echo "$R" | sed 's/.*"deviceId":"\\([^"]*\\)".*/\\1/')/notification-alerts" -H "Authorization: Bearer $(echo "$R" | sed 's/.*"secret":"\\([^"]*\\)".*/\\1/')" -H 'Content-Type: application/json' -d '{"push":false}'
        user token       curl '%1$s/v1/dev/user-tokens' -H 'Content-Type: application/json' -d '{"subject":"alice"}'
      """;

  // The token is in the fragment, which no browser sends (docs/adr/0011).
  private static final String PAGE =
      "  alerts page      %s/personal-center/notification-alerts#token=%s\n";

  private final TowncrierConfig config;
  private final int port;
  private final Instance<DevUsers> devUsers;

  Greeting(
      TowncrierConfig config,
      @ConfigProperty(name = "quarkus.http.port") int port,
      Instance<DevUsers> devUsers) {
    this.config = config;
    this.port = port;
    this.devUsers = devUsers;
  }

  String text(String push, Optional<Secret> newOperatorToken, boolean withSamples) {
    String url = "http://localhost:" + port;
    StringBuilder text =
        new StringBuilder("Towncrier is up at ")
            .append(url)
            .append("\n  data in          ")
            .append(config.dataDir().toAbsolutePath().normalize())
            .append("\n  pushes go to     ")
            .append(push);
    newOperatorToken.ifPresent(
        token ->
            text.append("\n  operator token   ")
                .append(token.reveal())
                .append("  (shown this once; kept as a hash)"));
    if (withSamples) {
      text.append(SAMPLES.formatted(url));
      devUsers.stream()
          .map(users -> users.tokenFor("alice"))
          .forEach(alice -> text.append(PAGE.formatted(url, alice.reveal())));
    }
    return text.toString();
  }
}
