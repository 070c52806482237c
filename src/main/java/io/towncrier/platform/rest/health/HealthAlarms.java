package io.towncrier.platform.rest.health;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What the health checks of this process find amiss; a new check needs no line here. */
@ApplicationScoped
public class HealthAlarms {
  private final Checks checks;

  HealthAlarms(Checks checks) {
    this.checks = checks;
  }

  public Uni<List<Alarm>> now() {
    return checks
        .now()
        .map(found -> found.stream().filter(Checks.Check::amiss).map(HealthAlarms::alarm).toList());
  }

  private static Alarm alarm(Checks.Check check) {
    return new Alarm(
        check.name().replace(' ', '-') + "-" + check.data().getOrDefault("state", "down"),
        Optional.ofNullable(check.data().get("because")));
  }

  /**
   * A check that is not as it should be.
   *
   * @param code name of the check and its state
   */
  public record Alarm(String code, Optional<String> because) {}
}
