package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.ChangeAlerts;
import io.towncrier.preferences.NotificationAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What the endpoints of devices and of users have in common. */
@ApplicationScoped
class AlertsAnswers {
  private final AlertsStore store;
  private final ChangeAlerts change;

  AlertsAnswers(AlertsStore store, ChangeAlerts change) {
    this.store = store;
    this.change = change;
  }

  Uni<AlertsBody.Shown> show(String owner) {
    return store.find(owner).map(alerts -> AlertsBody.Shown.of(alerts, Optional.empty()));
  }

  Uni<AlertsBody.Shown> change(String owner, JsonNode body) {
    AlertsBody.Change wanted = AlertsBody.read(body);
    return change
        .run(owner, wanted.version(), wanted.change())
        .map(
            outcome -> {
              if (outcome instanceof ChangeAlerts.Outcome.Changed changed) {
                return AlertsBody.Shown.of(changed.alerts(), Optional.of(changed.effectiveAt()));
              }
              NotificationAlerts current = ((ChangeAlerts.Outcome.Stale) outcome).current();
              throw ProblemCode.STALE_VERSION
                  .with("The current version is " + current.version() + ".")
                  .withCurrent(AlertsBody.Shown.of(current, Optional.empty()))
                  .asException();
            });
  }
}
