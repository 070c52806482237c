package io.towncrier.consents;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What somebody answered to the question of a notice.
 *
 * @param given false: declined
 * @param text that was shown
 */
public record ConsentAnswer(
    String notice, ConsentAct.Kind kind, boolean given, ConsentAct.Text text, Instant at) {
  public ConsentAnswer {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
