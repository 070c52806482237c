package io.towncrier.ddi;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.ActionStore;
import io.towncrier.ddi.actions.ConfigLink;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.UpdateAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Answers a poll. One that finds nothing to do has read the device's row, and writes nothing. */
@ApplicationScoped
public class PollDevice {
  // Who does nothing with an offer for so long gets the usual time between two polls.
  private static final Duration BUSY = Duration.ofHours(1);

  private final Decided decided;
  private final ActionStore actions;
  private final DdiConfig config;
  private final InstantSource clock;

  PollDevice(Decided decided, ActionStore actions, DdiConfig config, InstantSource clock) {
    this.decided = decided;
    this.actions = actions;
    this.config = config;
    this.clock = clock;
  }

  /** What to do, and when to come again. */
  public Uni<PollAnswer> run(Controller device, ClientKind client) {
    return device.hasVersion()
        ? decided.plan(device, client).chain(planned -> answer(device, planned))
        : Uni.createFrom().item(unknown(device));
  }

  private PollAnswer unknown(Controller device) {
    return new PollAnswer(
        Sleep.about(config.busySleep(), device.id(), clock.instant()),
        Optional.empty(),
        Optional.empty(),
        true,
        "held-back",
        Optional.of(Plan.VERSION_UNKNOWN));
  }

  private Uni<PollAnswer> answer(Controller device, Decided.Planned planned) {
    CheckResult result = planned.decided();
    if (planned.plan() instanceof Plan.Offer offer) {
      return actions
          .offer(device.id(), offer.version(), clock.instant())
          .map(
              open ->
                  open.filter(action -> action.version().equals(offer.version()))
                      .map(action -> shown(device, result, new Plan.GoOn(action)))
                      .orElseGet(() -> shown(device, result, new Plan.Nothing(Optional.empty()))));
    }
    return Uni.createFrom().item(shown(device, result, planned.plan()));
  }

  private PollAnswer shown(Controller device, CheckResult result, Plan plan) {
    Instant now = clock.instant();
    boolean asks = device.configLink().isShown(config.restartLimit(), now);
    Optional<Instant> busySince =
        plan.toDo()
            .or(plan::toCancel)
            .map(Action::changedAt)
            .or(
                () ->
                    asks && device.configLink().state().get() == ConfigLink.State.ASKED
                        ? Optional.of(device.configLink().since())
                        : Optional.empty());
    return new PollAnswer(
        sleep(device, result, plan, busySince, now),
        plan.toDo(),
        plan.toCancel(),
        asks,
        result.outcome().code(),
        plan.reason());
  }

  private Sleep sleep(
      Controller device, CheckResult result, Plan plan, Optional<Instant> busySince, Instant now) {
    if (busySince.filter(since -> now.isBefore(since.plus(BUSY))).isPresent()) {
      return Sleep.about(config.busySleep(), device.id(), now);
    }
    Sleep usual = Sleep.usual(result.next(), device.id(), now);
    boolean waits = plan.reason().filter(Plan.WINDOW_CLOSED::equals).isPresent();
    long opens = result.window().map(UpdateAnswer.Window::opensInSeconds).orElse(0L);
    return waits ? usual.orSooner(Sleep.until(opens, result.next(), device.id(), now)) : usual;
  }
}
