package io.towncrier.platform.postgres;

import io.towncrier.platform.StartRefused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the migrations go: Flyway speaks JDBC, everything else the reactive client.
 *
 * @param url {@code jdbc:postgresql://...}
 */
public record JdbcTarget(String url, String user, String password) {
  private static final String VERTX = "vertx-reactive:";
  private static final List<String> SCHEMES = List.of("postgresql", "postgres");

  /** The same database as a reactive URL names. */
  public static JdbcTarget of(String reactive, Optional<String> user, Optional<String> password)
      throws StartRefused {
    String plain = reactive.startsWith(VERTX) ? reactive.substring(VERTX.length()) : reactive;
    URI uri = parse(plain);
    String[] info = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new JdbcTarget(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
        user.or(() -> info.length > 0 ? Optional.of(info[0]) : Optional.empty()).orElse(""),
        password.or(() -> info.length > 1 ? Optional.of(info[1]) : Optional.empty()).orElse(""));
  }

  /** The same, with settings of the driver's own. */
  public JdbcTarget with(String settings) {
    return new JdbcTarget(url + (url.contains("?") ? "&" : "?") + settings, user, password);
  }

  // The message leaves the URL out: it may hold a password.
  private static URI parse(String url) throws StartRefused {
    try {
      URI uri = new URI(url);
      String scheme = Objects.requireNonNullElse(uri.getScheme(), "");
      if (SCHEMES.contains(scheme) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      // Told below, in words.
    }
    throw new StartRefused(
        "QUARKUS_DATASOURCE_REACTIVE_URL must look like postgresql://host:5432/database");
  }

  @Override
  public String toString() {
    return "JdbcTarget[" + url + "]";
  }
}
