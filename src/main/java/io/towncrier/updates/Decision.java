package io.towncrier.updates;

import io.towncrier.platform.LocalizedText;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.decision.UpdateDecision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A decision with everything that its answer is made of.
 *
 * @param snapshot id of the snapshot that it was made from
 * @param product asked for
 * @param facts that it was made for
 * @param outcome what was decided
 * @param window in which to install what is offered, told from the moment of the answer
 * @param nextCheckSeconds after which the client should ask again
 */
public record Decision(
    String snapshot,
    Product product,
    ClientFacts facts,
    UpdateDecision outcome,
    Optional<UpdateAnswer.Window> window,
    long nextCheckSeconds) {

  /** Names the answer before it is built: the same tag means the same bytes. */
  public String tag() {
    StringBuilder text = new StringBuilder(160);
    text.append(snapshot).append('\0').append(product.id()).append('\0').append(facts.version());
    text.append('\0').append(outcome.code()).append('\0').append(nextCheckSeconds).append('\0');
    if (outcome instanceof UpdateDecision.Offer offer) {
      text.append(offer.release().version()).append('\0').append(offer.target().version());
      text.append('\0').append(notes(offer.release()).language());
    } else {
      outcome.reasonCode().ifPresent(text::append);
    }
    window.ifPresent(
        w -> text.append('\0').append(w.opensInSeconds()).append('\0').append(w.closesInSeconds()));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 15));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The body of the answer. */
  public UpdateAnswer answer() {
    Optional<UpdateDecision.Offer> offer =
        outcome instanceof UpdateDecision.Offer o ? Optional.of(o) : Optional.empty();
    return new UpdateAnswer(
        outcome.code(),
        outcome.reasonCode(),
        product.id(),
        facts.version(),
        offer.map(o -> UpdateAnswer.Offered.of(o, notes(o.release()))),
        window,
        nextCheckSeconds,
        product.supportedUntil(),
        snapshot);
  }

  /** What is new in a release, in the best language for this client. */
  public LocalizedText.Picked notes(Release release) {
    return release.content().notes().pick(facts.language(), product.defaultLanguage());
  }
}
