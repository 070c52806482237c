package io.towncrier.delivery.ladder;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody says of one push.
 *
 * @param push of which delivery
 * @param step that it took
 * @param source who says so
 * @param at when, by the clock of who says so; empty when that is not known: then it is now
 * @param reason why it was dropped
 */
public record ReportedStep(
    PushName push,
    PushStep step,
    StepSource source,
    Optional<Instant> at,
    Optional<DropReason> reason) {

  /** Names a delivery. A device always stands in it: nobody says anything of another one's push. */
  public sealed interface PushName {
    /** The device that the push went to. */
    String device();

    /** By its notice. */
    record OfNotice(String device, String notice) implements PushName {}

    /** By what the provider called the message when it accepted it, such as Getui's task. */
    record OfMessage(String device, String message) implements PushName {}
  }
}
