package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.ChangeAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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

  /** Of an owner who may not be known yet: a look makes nothing. */
  Uni<AlertsBody.Shown> show(Optional<String> owner) {
    return owner
        .map(store::find)
        .orElseGet(() -> Uni.createFrom().item(rules.initial()))
        .map(alerts -> AlertsBody.Shown.of(alerts, rules, Optional.empty()));
  }

  Uni<AlertsBody.History> history(Optional<String> owner) {
    return owner
        .map(known -> store.history(known, HISTORY))
        .orElseGet(() -> Uni.createFrom().item(List.of()))
        .map(AlertsBody.History::of);
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
              if (outcome instanceof ChangeAlerts.Outcome.TooMany many) {
                throw ProblemCode.TOO_MANY_REQUESTS
                    .with("There were too many changes. What only switches off is still taken.")
                    .asException(many.freeIn());
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
