package io.towncrier.consents;

import java.util.Optional;

/**
 * A consent that a revision of the policy asks for.
 *
 * @param textVersion of the text that is to be agreed to
 * @param crossing of {@link ConsentAct.Kind#CROSS_BORDER}: what crosses the border, and to whom
 */
public record AskedConsent(
    ConsentAct.Kind kind, String textVersion, Optional<ConsentAct.Crossing> crossing) {
  public AskedConsent {
    if ((kind == ConsentAct.Kind.CROSS_BORDER) != crossing.isPresent()) {
      throw new IllegalArgumentException("a border is crossed by something, to somebody");
    }
  }
}
