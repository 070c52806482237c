package io.towncrier.updates.decision;

/** What a client notices of a decision, in words. */
final class Summary {
  private Summary() {}

  static String of(UpdateDecision decision) {
    if (decision instanceof UpdateDecision.Offer offer) {
      return "offer of %s on the way to %s, %s"
          .formatted(offer.release().version(), offer.target().version(), offer.window());
    } else if (decision instanceof UpdateDecision.HeldBack heldBack) {
      return "held back: " + heldBack.reason().code();
    }
    return decision instanceof UpdateDecision.UpToDate ? "up to date" : "unsupported";
  }
}
