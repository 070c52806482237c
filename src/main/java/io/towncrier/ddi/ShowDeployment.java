package io.towncrier.ddi;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.decision.UpdateDecision;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Shows an action, while the client is to do it. */
@ApplicationScoped
public class ShowDeployment {
  private final Decided decided;

  ShowDeployment(Decided decided) {
    this.decided = decided;
  }

  /** Empty when it is not to be done: unknown, another device's, withdrawn, or to be cancelled. */
  public Uni<Optional<Deployment>> run(Controller device, int number, ClientKind client) {
    return device.hasOpenAction() && device.hasVersion()
        ? decided.plan(device, client).map(planned -> shown(planned, number, client))
        : Uni.createFrom().item(Optional.empty());
  }

  /** Whether the client is asked to cancel this action. */
  public Uni<Boolean> isToBeCancelled(Controller device, int number, ClientKind client) {
    return device.hasOpenAction() && device.hasVersion()
        ? decided
            .plan(device, client)
            .map(
                planned ->
                    planned.plan() instanceof Plan.Cancel cancel
                        && cancel.action().number() == number)
        : Uni.createFrom().item(Boolean.FALSE);
  }

  private static Optional<Deployment> shown(
      Decided.Planned planned, int number, ClientKind client) {
    Optional<UpdateDecision.Offer> offer = Plan.offer(planned.decided());
    return offer.isPresent()
            && planned.plan() instanceof Plan.GoOn going
            && going.action().number() == number
        ? DdiArtifact.of(offer.get().release(), client)
            .map(
                artifact ->
                    new Deployment(
                        going.action(),
                        planned.decided().product().id(),
                        offer.get().release(),
                        artifact,
                        window(planned.decided())))
        : Optional.empty();
  }

  private static Deployment.Window window(CheckResult decided) {
    if (decided.window().isEmpty()) {
      return Deployment.Window.NONE;
    }
    return Plan.isClosed(decided) ? Deployment.Window.CLOSED : Deployment.Window.OPEN;
  }
}
