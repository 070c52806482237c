package io.towncrier.platform.rest.health;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.ProblemAnswers;
import io.towncrier.platform.rest.RouteName;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Health for everybody, in a word: whether it lives, whether it answers, whether something is
 * amiss. What is amiss is told on the management interface and to operators ({@link
 * HealthResource}).
 */
@ApplicationScoped
class PublicHealth {
  /** States of checks that need nobody's attention; each of ours tells one in its data. */
  static final Set<String> NORMAL = Set.of("current", "working");

  // Before Quarkus' own, which a function has on this router too.
  private static final int ORDER = -200_000;

  private final SmallRyeHealthReporter reporter;
  private final ProblemAnswers answers;

  PublicHealth(SmallRyeHealthReporter reporter, ProblemAnswers answers) {
    this.reporter = reporter;
    this.answers = answers;
  }

  void register(@Observes Router router) {
    register(router, "/q/health/live", reporter::getLivenessAsync);
    register(router, "/q/health/ready", reporter::getReadinessAsync);
    router
        .route("/q/health*")
        .order(ORDER + 1)
        .handler(
            context ->
                answers.end(context, ProblemCode.NOT_FOUND.with("No resource has this path.")));
  }

  private static void register(Router router, String path, Supplier<Uni<SmallRyeHealth>> health) {
    router
        .route(HttpMethod.GET, path)
        .order(ORDER)
        .handler(
            context -> {
              context.put(RouteName.OF_REQUEST, path);
              answer(context, health);
            });
  }

  private static void answer(RoutingContext context, Supplier<Uni<SmallRyeHealth>> health) {
    health
        .get()
        .subscribe()
        .with(
            found -> write(context, !found.isDown(), isDegraded(found.getPayload())),
            failure -> write(context, false, true));
  }

  private static void write(RoutingContext context, boolean up, boolean degraded) {
    context
        .response()
        .setStatusCode(up ? 200 : 503)
        .putHeader("Content-Type", "application/json;charset=UTF-8")
        .putHeader("Cache-Control", "no-store")
        .end(
            "{\"status\":\"%s\",\"state\":\"%s\"}"
                .formatted(up ? "UP" : "DOWN", up ? degraded ? "degraded" : "ok" : "down"));
  }

  /** Whether a check is down, or tells a state that is none of the normal ones. */
  static boolean isDegraded(JsonObject health) {
    return health.getJsonArray("checks").stream()
        .map(JsonValue::asJsonObject)
        .anyMatch(PublicHealth::isAmiss);
  }

  /** The same of one check. */
  static boolean isAmiss(JsonObject check) {
    JsonObject data = check.getJsonObject("data");
    boolean normal =
        data == null || !data.containsKey("state") || NORMAL.contains(data.getString("state", ""));
    return !normal || !"UP".equals(check.getString("status"));
  }
}
