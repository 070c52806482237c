package io.towncrier.updates;

import io.towncrier.platform.language.LocalizedText;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.FactSet;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Duration;
import java.util.Optional;

/**
 * A decision with everything that its answer is made of.
 *
 * @param snapshot id of the snapshot that it was made from
 * @param product asked for
 * @param facts that it was made for
 * @param outcome what was decided
 * @param window in which to install what is offered, told from the moment of the answer
 * @param next when the client should ask again
 * @param asked what it is asked to say of itself; nothing of it for a registered device, which
 *     always says where it is
 */
public record CheckResult(
    String snapshot,
    Product product,
    ClientFacts facts,
    UpdateDecision outcome,
    Optional<UpdateAnswer.Window> window,
    NextCheck next,
    Optional<AskedFor> asked) {

  /** What was given, could not be read, and would have counted. */
  public Ignored ignored() {
    return asked.isPresent() ? asked.get().ignored() : facts.ignored();
  }

  /** The same of a device that must not have what it would be offered. */
  public CheckResult heldBack(Refusal reason) {
    return heldBack(reason, next);
  }

  /** The same of a device for whose download there is no room before this time is over. */
  public CheckResult waitsForDownload(Duration time) {
    return heldBack(Refusal.DOWNLOAD_BUDGET, next.orSooner(NextCheck.after(time)));
  }

  private CheckResult heldBack(Refusal reason, NextCheck again) {
    return new CheckResult(
        snapshot,
        product,
        facts,
        new UpdateDecision.HeldBack(reason),
        Optional.empty(),
        again,
        asked);
  }

  /** Whether there is an install window, and it opens later. */
  public boolean isWindowClosed() {
    return window.map(UpdateAnswer.Window::opensInSeconds).orElse(0L) > 0;
  }

  /** Names the answer before it is built: the same tag means the same bytes. */
  public String tag() {
    Fingerprint print =
        new Fingerprint()
            .add(snapshot)
            .add(product.id())
            .add(facts.version())
            .add(outcome.code())
            .add(next.seconds())
            .add(next.spreadSeconds())
            .add(ignored().bits());
    if (asked.isPresent()) {
      asked.get().addTo(print);
    }
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
        next.seconds(),
        next.spreadSeconds(),
        asked.map(a -> a.matters().codes()),
        asked.flatMap(AskedFor::until),
        asked.map(AskedFor::rollouts).filter(r -> !r.isEmpty()).map(UpdateAnswer.Share::all),
        asked.map(AskedFor::missing).filter(m -> !m.isEmpty()).map(FactSet::codes),
        ignored().isEmpty() ? Optional.empty() : Optional.of(ignored().codes()),
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
