package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.ChangeAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What the endpoints of devices and of users have in common. */
@ApplicationScoped
class AlertsAnswers {
  private static final int HISTORY = 100;

  private final AlertsStore store;
  private final CategoryRules rules;
  private final ChangeAlerts change;

  AlertsAnswers(AlertsStore store, CategoryRules rules, ChangeAlerts change) {
    this.store = store;
    this.rules = rules;
    this.change = change;
  }

  Uni<AlertsBody.Shown> show(String owner) {
    return store.find(owner).map(alerts -> AlertsBody.Shown.of(alerts, rules, Optional.empty()));
  }

  Uni<AlertsBody.History> history(String owner) {
    return store.history(owner, HISTORY).map(AlertsBody.History::of);
  }

  Uni<AlertsBody.Shown> change(String owner, AlertsChange.Source source, JsonNode body) {
    AlertsReader.Change wanted = AlertsReader.read(body, rules.essential());
    return change
        .run(owner, source, wanted.version(), wanted.change())
        .map(
            outcome -> {
              if (outcome instanceof ChangeAlerts.Outcome.Changed changed) {
                return AlertsBody.Shown.of(
                    changed.alerts(), rules, Optional.of(changed.effectiveAt()));
              }
              throw stale((ChangeAlerts.Outcome.Stale) outcome);
            });
  }

  private RuntimeException stale(ChangeAlerts.Outcome.Stale stale) {
    return ProblemCode.STALE_VERSION
        .with("The current version is " + stale.current().version() + ".")
        .withCurrent(AlertsBody.Shown.of(stale.current(), rules, Optional.empty()))
        .asException();
  }
}
