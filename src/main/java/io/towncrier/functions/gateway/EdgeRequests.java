package io.towncrier.functions.gateway;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Secrets;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Behind a CDN the address of a client is the last but one of X-Forwarded-For. A caller of the API
 * past the CDN writes that one himself, and could register without end: without the CDN's secret
 * the header is taken away, and the address of the connection counts (docs/adr/0020).
 */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class EdgeRequests {
  private static final Logger LOG = Logger.getLogger(EdgeRequests.class);
  private static final int BEFORE_ROUTES = 2900;
  private static final String SHOWN = "X-Towncrier-Edge";
  private static final String FORWARDED = "X-Forwarded-For";
  // The only ones that are counted by address: for them alone the secret is fetched.
  private static final Set<String> REGISTRATIONS = Set.of("/v1/devices", "/v1/devices/");

  private final Optional<String> setting;
  private final Secrets secrets;
  private volatile @Nullable String secret;

  EdgeRequests(EdgeConfig config, Secrets secrets) {
    this.setting = config.secret();
    this.secrets = secrets;
  }

  void register(@Observes Filters filters) {
    setting.ifPresent(where -> filters.register(request -> look(request, where), BEFORE_ROUTES));
  }

  private void look(RoutingContext request, String where) {
    String shown = request.request().getHeader(SHOWN);
    String known = secret;
    if (shown == null || !registers(request)) {
      goOn(request, false);
    } else if (known != null) {
      goOn(request, same(shown, known));
    } else {
      fetch(request, shown, where);
    }
  }

  // Meanwhile the request is paused: Quarkus lets it go on when somebody reads its body.
  private void fetch(RoutingContext request, String shown, String where) {
    Offload.run(() -> secrets.reveal(where))
        .subscribe()
        .with(
            fetched -> {
              secret = fetched;
              goOn(request, same(shown, fetched));
            },
            failure -> {
              LOG.errorf("the CDN's secret cannot be read, its requests count as one: %s", failure);
              goOn(request, false);
            });
  }

  private static void goOn(RoutingContext request, boolean isFromTheCdn) {
    if (!isFromTheCdn) {
      request.request().headers().remove(FORWARDED);
    }
    request.next();
  }

  private static boolean registers(RoutingContext request) {
    return request.request().method().equals(HttpMethod.POST)
        && REGISTRATIONS.contains(request.normalizedPath());
  }

  private static boolean same(String shown, String known) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
  }
}
