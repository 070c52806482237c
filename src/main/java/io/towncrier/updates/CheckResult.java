package io.towncrier.updates;

import io.towncrier.platform.language.LocalizedText;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.decision.UpdateDecision;
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
public record CheckResult(
    String snapshot,
    Product product,
    ClientFacts facts,
    UpdateDecision outcome,
    Optional<UpdateAnswer.Window> window,
    long nextCheckSeconds) {

  /** Names the answer before it is built: the same tag means the same bytes. */
  public String tag() {
    Fingerprint print =
        new Fingerprint()
            .add(snapshot)
            .add(product.id())
            .add(facts.version())
            .add(outcome.code())
            .add(nextCheckSeconds)
            .add(facts.ignored().bits());
    if (outcome instanceof UpdateDecision.Offer offer) {
      print
          .add(offer.release().version())
          .add(offer.target().version())
          .add(language(offer.release()));
    } else {
      print.add(outcome.reasonCode().orElse(""));
    }
    if (window.isPresent()) {
      print.add(window.get().opensInSeconds()).add(window.get().closesInSeconds().orElse(-1));
    }
    return print.text();
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
        facts.ignored().isEmpty() ? Optional.empty() : Optional.of(facts.ignored().codes()),
        product.supportedUntil(),
        snapshot);
  }

  /** In which language this client is told what is new in a release. */
  public String language(Release release) {
    return release.content().notes().language(facts.language(), product.defaultLanguage());
  }

  /** What is new in a release, in the best language for this client. */
  public LocalizedText.Picked notes(Release release) {
    return release.content().notes().pick(facts.language(), product.defaultLanguage());
  }
}
