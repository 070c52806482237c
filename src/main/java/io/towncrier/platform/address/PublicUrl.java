package io.towncrier.platform.address;

import io.quarkus.runtime.StartupEvent;
import io.towncrier.platform.TowncrierConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where clients reach this service: the only source of absolute links, of redirects to the sign-in,
 * and of what an {@code Origin} is compared with. What a request says of its host is never used.
 */
@Singleton
public class PublicUrl {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<URI> origin;

  @Inject
  PublicUrl(TowncrierConfig config) {
    this(config.publicUrl());
  }

  /**
   * As above.
   *
   * @throws IllegalArgumentException when it is no https origin, nor one of this machine
   */
  public PublicUrl(Optional<URI> url) {
    this.origin = url.map(PublicUrl::origin);
  }

  /** A value that cannot be used ends the start, and not the first request that needs it. */
  void look(@Observes StartupEvent start) {
    // The constructor has looked.
  }

  /** Scheme, host and port, without a slash behind; empty when it is not set. */
  public Optional<URI> origin() {
    return origin;
  }

  /**
   * An absolute link.
   *
   * @param path begins with a slash
   * @return empty when it is not known where clients reach this service
   */
  public Optional<URI> link(String path) {
    return origin.map(known -> URI.create(known + path));
  }

  /** Whether a URL is one of this service. */
  public boolean isOwn(URI url) {
    return origin.isPresent() && origin.equals(originOf(url));
  }

  private static Optional<URI> originOf(URI url) {
    return url.getScheme() == null || url.getRawAuthority() == null
        ? Optional.empty()
        : Optional.of(
            URI.create((url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT)));
  }

  private static URI origin(URI given) {
    String path = given.getRawPath() == null ? "" : given.getRawPath();
    boolean plain =
        given.getHost() != null
            && given.getRawUserInfo() == null
            && given.getRawQuery() == null
            && given.getRawFragment() == null
            && (path.isEmpty() || path.equals("/"));
    return originOf(given)
        .filter(origin -> plain && isSafe(origin))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "TOWNCRIER_PUBLIC_URL must be an origin such as https://updates.example.com"));
  }

  private static boolean isSafe(URI origin) {
    return "https".equals(origin.getScheme())
        || ("http".equals(origin.getScheme()) && THIS_MACHINE.contains(origin.getHost()));
  }
}
