package io.towncrier.platform.auth;

import io.towncrier.platform.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of the console. It counts below {@code /v1/admin/} alone, beside no {@code
 * Authorization}; a change counts only when the console's own page has sent it (docs/adr/0056).
 */
public final class SessionCookie {
  /** A header that no form and no page of another site can send. */
  public static final String OWN_PAGE = "Towncrier-Console";

  /** On a request that nobody asked for but a timer. */
  public static final String TIMER = "Towncrier-Poll";

  private static final String NAME = "towncrier-console";
  private static final String ATTEMPT = "towncrier-sign-in";

  private SessionCookie() {}

  /** What the request brings, where a session may count at all. */
  static Optional<Secret> where(HttpServerRequest request, String path) {
    boolean safe = request.method().name().equals("GET") || request.method().name().equals("HEAD");
    return path.startsWith("/v1/admin/")
            && request.getHeader("Authorization") == null
            && (safe || isFromOwnPage(request))
        ? of(request)
        : Optional.empty();
  }

  /** The session that a request brings. */
  public static Optional<Secret> of(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(name(request, NAME)))
        .map(cookie -> new Secret(cookie.getValue()));
  }

  /**
   * Whether the console's own page sent it: the header makes a browser ask before a page of another
   * origin may send it, which is not allowed, and the browser itself names the page's site.
   */
  public static boolean isFromOwnPage(HttpServerRequest request) {
    if (!"1".equals(request.getHeader(OWN_PAGE))) {
      return false;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null ? site.equals("same-origin") : isOwnOrigin(request);
  }

  static boolean isByTimer(HttpServerRequest request) {
    return request.getHeader(TIMER) != null;
  }

  /** Has the answer put a new session into the browser. */
  public static void set(HttpServerRequest request, Secret session, Duration lasts) {
    set(request, session.reveal(), lasts.toSeconds());
  }

  /** Has the answer take it away again. */
  public static void remove(HttpServerRequest request) {
    set(request, "", 0);
  }

  /**
   * Has the browser keep a sign-in that is under way, until it comes back from the provider: that
   * comes from another site, so the cookie is Lax.
   */
  public static void keepAttempt(HttpServerRequest request, String attempt, Duration lasts) {
    set(request, ATTEMPT, attempt, lasts.toSeconds(), "Lax");
  }

  /** The sign-in that was under way in this browser, which is over with it. */
  public static Optional<String> takeAttempt(HttpServerRequest request) {
    set(request, ATTEMPT, "", 0, "Lax");
    return Optional.ofNullable(request.getCookie(name(request, ATTEMPT))).map(Cookie::getValue);
  }

  // By hand: Vert.x would add Expires, which goes by the browser's clock.
  private static void set(HttpServerRequest request, String value, long seconds) {
    set(request, NAME, value, seconds, "Strict");
  }

  private static void set(
      HttpServerRequest request, String base, String value, long seconds, String sameSite) {
    request
        .response()
        .headers()
        .add(
            "Set-Cookie",
            name(request, base)
                + "="
                + value
                + "; Path=/; Max-Age="
                + seconds
                + "; HttpOnly; SameSite="
                + sameSite
                + (isSecure(request) ? "; Secure" : ""));
  }

  /** With the prefix a browser takes it from no other host, no path and no plain connection. */
  private static String name(HttpServerRequest request, String base) {
    return isSecure(request) ? "__Host-" + base : base;
  }

  /** A proxy that ends TLS says so; who lies about it can only lose the own session. */
  private static boolean isSecure(HttpServerRequest request) {
    return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }

  /**
   * For browsers that do not name the site. A page of another site cannot choose its own origin.
   */
  private static boolean isOwnOrigin(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin == null || authorityOf(origin).equals(request.getHeader("Host"));
  }

  private static String authorityOf(String origin) {
    try {
      @Nullable String authority = new URI(origin).getAuthority();
      return authority == null ? "" : authority;
    } catch (URISyntaxException malformed) {
      return "";
    }
  }
}
