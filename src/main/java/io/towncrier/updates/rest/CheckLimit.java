package io.towncrier.updates.rest;

import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.limits.SourceRate;
import io.towncrier.platform.rest.ProblemAnswers;
import io.towncrier.platform.rest.RouteName;
import io.towncrier.platform.rest.edge.AddressRanges;
import io.towncrier.platform.rest.edge.CheckForm;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.UpdatesConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses checks, in whichever form they are asked, of a source that sends more of them than the
 * phones and routers behind one address do: one caller must not make the answers of all others
 * slow, or late (docs/adr/0028).
 */
@ApplicationScoped
class CheckLimit {
  // Right before the short way of a check.
  static final int ORDER = CheckRoute.EARLY - 1;

  private final @Nullable SourceRate rate;
  private final AddressRanges unlimited;
  private final int trustedProxies;
  private final CheckCounters counters;
  private final ProblemAnswers answers;

  CheckLimit(
      UpdatesConfig config,
      TowncrierConfig towncrier,
      CheckCounters counters,
      ProblemAnswers answers) {
    this.rate =
        config.checksPerSource() == 0
            ? null
            : new SourceRate(
                config.checksPerSource(), Ids.next("rate").hashCode(), System::nanoTime);
    this.unlimited = AddressRanges.of(config.unlimitedSources().orElse(List.of()));
    this.trustedProxies = towncrier.http().trustedProxies();
    this.counters = counters;
    this.answers = answers;
  }

  void register(@Observes Router router) {
    if (rate != null) {
      SourceRate limit = rate;
      router.route().order(ORDER).handler(request -> look(request, limit));
    }
  }

  private void look(RoutingContext context, SourceRate limit) {
    HttpServerRequest request = context.request();
    Optional<CheckForm> form = CheckForm.of(context.normalizedPath());
    if (form.isEmpty()) {
      context.next();
      return;
    }
    String remote =
        request.remoteAddress() == null
            ? "unknown"
            : Optional.ofNullable(request.remoteAddress().hostAddress()).orElse("unknown");
    if (limit.take(source(request, remote)) || unlimited.contains(remote)) {
      context.next();
      return;
    }
    counters.refused();
    context.put(RouteName.OF_REQUEST, form.get().route());
    context.response().putHeader("Retry-After", "1");
    answers.end(
        context,
        ProblemCode.TOO_MANY_REQUESTS.with(
            "Too many update checks come from your address. Wait as long as Retry-After says."));
  }

  private String source(HttpServerRequest request, String remote) {
    // An address of IPv4 is its own key, and most are.
    return trustedProxies == 0 && remote.indexOf(':') < 0
        ? remote
        : ClientAddress.of(remote, request.headers().getAll("X-Forwarded-For"), trustedProxies);
  }
}
