package io.towncrier.functions.gateway;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.updates.UpdatesConfig;
import io.vertx.core.Context;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Behind a CDN the address of a client is the last but one of X-Forwarded-For. A caller of the API
 * past the CDN writes that one himself, and no limit would hold him: without the CDN's secret the
 * header is taken away, and the address of the connection counts (docs/adr/0020). That is so of
 * every path: one that was left out would count all clients of the CDN as one.
 */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class EdgeRequests {
  private static final Logger LOG = Logger.getLogger(EdgeRequests.class);
  // Behind the short way of a check, which then counts nobody: no check waits for the secret.
  private static final int BEFORE_ROUTES = -2900;
  // It is read in a tenth of a second. A request that waits for longer is better counted wrongly.
  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static final String SHOWN = "X-Towncrier-Edge";
  private static final String FORWARDED = "X-Forwarded-For";
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Optional<String> setting;
  private final Secrets secrets;
  private final int order;
  private final Duration atMost;
  private volatile @Nullable String secret;
  // When it could not be read: not each request is to wait for the same failure.
  private volatile @Nullable Long failedAt;

  @Inject
  EdgeRequests(EdgeConfig config, UpdatesConfig updates, Secrets secrets) {
    this(config, updates, secrets, AT_MOST);
  }

  EdgeRequests(EdgeConfig config, UpdatesConfig updates, Secrets secrets, Duration atMost) {
    this.setting = config.secret();
    this.secrets = secrets;
    this.order = updates.checksPerSource() == 0 ? BEFORE_ROUTES : ClientAddress.KNOWN_BEHIND;
    this.atMost = atMost;
  }

  void register(@Observes Router router) {
    setting.ifPresent(
        where -> router.route().order(order).handler(request -> look(request, where)));
  }

  private void look(RoutingContext request, String where) {
    String shown = request.request().getHeader(SHOWN);
    String known = secret;
    if (shown == null) {
      goOn(request, false);
    } else if (known != null) {
      goOn(request, same(shown, known));
    } else if (hasJustFailed()) {
      goOn(request, false);
    } else {
      fetch(request, shown, where);
    }
  }

  // Meanwhile the request is paused: Quarkus lets it go on when somebody reads its body.
  private void fetch(RoutingContext request, String shown, String where) {
    Context context = request.vertx().getOrCreateContext();
    Offload.run(() -> kept(secrets.reveal(where)))
        .ifNoItem()
        .after(atMost)
        .fail()
        .emitOn(task -> context.runOnContext(nothing -> task.run()))
        .subscribe()
        .with(
            fetched -> goOn(request, same(shown, fetched)),
            failure -> {
              failedAt = System.nanoTime();
              LOG.errorf("the CDN's secret cannot be read, its requests count as one: %s", failure);
              goOn(request, false);
            });
  }

  /** Also what comes too late for the request that asked for it. */
  private String kept(String fetched) {
    secret = fetched;
    return fetched;
  }

  private static void goOn(RoutingContext request, boolean isFromTheCdn) {
    if (!isFromTheCdn) {
      request.request().headers().remove(FORWARDED);
    }
    request.next();
  }

  private boolean hasJustFailed() {
    Long at = failedAt;
    return at != null && System.nanoTime() - at < PAUSE_NANOS;
  }

  private static boolean same(String shown, String known) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
  }
}
