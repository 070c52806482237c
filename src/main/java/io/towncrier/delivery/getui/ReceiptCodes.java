package io.towncrier.delivery.getui;

import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.delivery.ladder.PushStep;
import java.util.Map;
import java.util.Optional;

/**
 * What the code of a receipt means: the one table of it. Getui documents these five, says that it
 * sends 200 and 400 at present, and that there will be more (docs.getui.com, "server/receipt").
 * Which say that a message was shown or touched is not known, so none does. A code that is not here
 * changes nothing, and is counted.
 */
final class ReceiptCodes {
  private static final Optional<Means> NOTHING = Optional.of(new Means(Optional.empty()));

  private static final Map<Integer, Optional<Means>> TABLE =
      Map.of(
          // "Success": on the phone. Nobody says on the screen.
          200, step(PushStep.ARRIVED, Optional.empty()),
          // Apple refused it, or Getui failed: another way may still bring it.
          400, NOTHING,
          500, NOTHING,
          // There is no such client id.
          401, step(PushStep.DROPPED, Optional.of(DropReason.GONE)),
          // It was not there for long, and nothing was sent.
          402, step(PushStep.DROPPED, Optional.of(DropReason.REFUSED)));

  private ReceiptCodes() {}

  /** Empty when nobody knows. */
  static Optional<Means> of(int code) {
    return TABLE.getOrDefault(code, Optional.empty());
  }

  private static Optional<Means> step(PushStep step, Optional<DropReason> reason) {
    return Optional.of(new Means(Optional.of(new Step(step, reason))));
  }

  /**
   * What a code that is known says.
   *
   * @param step that the push took; empty when it may still take any
   */
  record Means(Optional<Step> step) {}

  /**
   * A step.
   *
   * @param reason why it was dropped
   */
  record Step(PushStep step, Optional<DropReason> reason) {}
}
