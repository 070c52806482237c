package io.towncrier.ddi;

import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.History;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.decision.UpdateDecision;
import java.util.Optional;

/** What a client is to do, from the decision of the check and what it has done so far. */
sealed interface Plan {
  /**
   * Nothing.
   *
   * @param whyNot why not; empty when there is nothing newer
   */
  record Nothing(Optional<String> whyNot) implements Plan {
    @Override
    public Optional<String> reason() {
      return whyNot;
    }

    static Nothing because(String reason) {
      return new Nothing(Optional.of(reason));
    }
  }

  /** It is to go on with an action that it was shown before. */
  record GoOn(Action action) implements Plan {
    @Override
    public Optional<Action> toDo() {
      return Optional.of(action);
    }
  }

  /** It is to be offered a release for the first time, or once more. */
  record Offer(String version) implements Plan {}

  /** It is to cancel an action that it has begun with. */
  record Cancel(Action action) implements Plan {
    @Override
    public Optional<Action> toCancel() {
      return Optional.of(action);
    }
  }

  /** The action that it is to do. */
  default Optional<Action> toDo() {
    return Optional.empty();
  }

  /** The action that it is to cancel. */
  default Optional<Action> toCancel() {
    return Optional.empty();
  }

  /** Why it has nothing to do, where there is a reason. */
  default Optional<String> reason() {
    return Optional.empty();
  }

  /** Not before the device has said which version it runs. */
  String VERSION_UNKNOWN = "version-unknown";

  /** No file of the release is one that this client can take. */
  String NO_ARTIFACT = "no-artifact";

  /** The install window is closed, and this client cannot wait for it. */
  String WINDOW_CLOSED = "window-closed";

  /** It was asked to cancel, and goes on. */
  String INSTALLING = "installing";

  /**
   * What to do. How often a device may try, and when again, is decided before: a release that is
   * held back from it is no offer (docs/adr/0050).
   */
  static Plan of(CheckResult decided, History history, ClientKind client) {
    Optional<UpdateDecision.Offer> offer = offer(decided);
    Optional<Action> open = history.open();
    boolean isSame =
        offer.isPresent()
            && open.isPresent()
            && offer.get().release().version().equals(open.get().version());
    if (open.isPresent() && open.get().hasBegun()) {
      if (isSame) {
        return new GoOn(open.get());
      }
      if (open.get().cancelRefused()) {
        return Nothing.because(INSTALLING);
      }
      // Who waits for another download has nothing yet to cancel this one for.
      return waitsForDownload(decided)
          ? new Nothing(decided.outcome().reasonCode())
          : new Cancel(open.get());
    }
    if (offer.isEmpty()) {
      return new Nothing(decided.outcome().reasonCode());
    }
    Optional<String> obstacle = obstacle(decided, offer.get(), client);
    if (obstacle.isPresent()) {
      return new Nothing(obstacle);
    }
    return isSame ? new GoOn(open.get()) : new Offer(offer.get().release().version());
  }

  private static Optional<String> obstacle(
      CheckResult decided, UpdateDecision.Offer offer, ClientKind client) {
    if (DdiArtifact.of(offer.release(), client).isEmpty()) {
      return Optional.of(NO_ARTIFACT);
    }
    return client == ClientKind.SWUPDATE && isClosed(decided)
        ? Optional.of(WINDOW_CLOSED)
        : Optional.empty();
  }

  static Optional<UpdateDecision.Offer> offer(CheckResult decided) {
    return decided.outcome() instanceof UpdateDecision.Offer offer
        ? Optional.of(offer)
        : Optional.empty();
  }

  /** Whether there is something newer, and no room yet in the budget of downloads. */
  static boolean waitsForDownload(CheckResult decided) {
    return decided
        .outcome()
        .reasonCode()
        .filter(Refusal.DOWNLOAD_BUDGET.code()::equals)
        .isPresent();
  }

  /** Whether there is an install window, and it is closed. */
  static boolean isClosed(CheckResult decided) {
    return decided.isWindowClosed();
  }
}
