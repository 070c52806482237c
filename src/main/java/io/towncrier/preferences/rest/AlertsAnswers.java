package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.Paging;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsOwner;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.ChangeAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the endpoints of devices and of users have in common. */
@ApplicationScoped
class AlertsAnswers {
  private static final Paging PAGING = new Paging("revision", true);

  private final AlertsStore store;
  private final CategoryRules rules;
  private final ChangeAlerts change;

  AlertsAnswers(AlertsStore store, CategoryRules rules, ChangeAlerts change) {
    this.store = store;
    this.rules = rules;
    this.change = change;
  }

  /** Of an owner who may not be known yet: a look makes nothing. */
  Uni<AlertsBody.Shown> show(AlertsOwner owner) {
    return store
        .find(owner)
        .map(
            alerts ->
                AlertsBody.Shown.of(
                    alerts.orElseThrow(CallingDevice::refused), rules, Optional.empty()));
  }

  /** Which part of a history is asked for. */
  static PageRequest<Integer> part(
      @Nullable String limit, @Nullable String after, @Nullable String sort) {
    InputReader input = new InputReader();
    PageRequest<Integer> request = PAGING.read(input, limit, after, sort, AlertsAnswers::revision);
    input.finish();
    return request;
  }

  Uni<AlertsBody.History> history(Optional<String> owner, PageRequest<Integer> request) {
    return owner
        .map(known -> store.history(known, request))
        .orElseGet(() -> Uni.createFrom().item(Page.of(List.of(), request, 0)))
        .map(AlertsBody.History::of);
  }

  private static Optional<Integer> revision(String text) {
    try {
      return Optional.of(Integer.parseInt(text)).filter(number -> number > 0);
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  Uni<AlertsBody.Shown> change(
      AlertsOwner owner, AlertsChange.Source source, @Nullable String ifMatch, JsonNode body) {
    AlertsReader.Change wanted = AlertsReader.read(ifMatch, body, rules.essential());
    return change.run(owner, source, wanted.revision(), wanted.change()).map(this::answer);
  }

  private AlertsBody.Shown answer(ChangeAlerts.Outcome outcome) {
    if (outcome instanceof ChangeAlerts.Outcome.Changed changed) {
      return AlertsBody.Shown.of(changed.alerts(), rules, Optional.of(changed.effectiveAt()));
    }
    if (outcome instanceof ChangeAlerts.Outcome.TooMany many) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("There were too many changes. What only switches off is still taken.")
          .asException(many.freeIn());
    }
    if (outcome instanceof ChangeAlerts.Outcome.Stale stale) {
      throw ProblemCode.STALE_REVISION
          .with("The current revision is " + stale.current().version() + ".")
          .withCurrent(AlertsBody.Shown.of(stale.current(), rules, Optional.empty()))
          .asException();
    }
    if (outcome instanceof ChangeAlerts.Outcome.Refused) {
      throw CallingDevice.refused();
    }
    throw new ForgottenCase(outcome);
  }
}
