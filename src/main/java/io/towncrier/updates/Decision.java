package io.towncrier.updates;

import io.towncrier.platform.LocalizedText;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
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
 * @param nextCheck after which the client should ask again
 */
public record Decision(
    String snapshot,
    Product product,
    ClientFacts facts,
    UpdateDecision outcome,
    Duration nextCheck) {

  /** Names the answer before it is built: the same tag means the same bytes. */
  public String tag() {
    LocalizedText.Picked none = new LocalizedText.Picked("", new LocalizedText.Text("", ""));
    String facts =
        String.join(
            "\0",
            snapshot,
            product.id(),
            this.facts.version(),
            outcome.getClass().getSimpleName(),
            offered().map(r -> r.version().toString()).orElse(reason().orElse("")),
            offered().map(this::notes).orElse(none).language(),
            nextCheck.toString());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 15));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The body of the answer. */
  public UpdateAnswer answer() {
    return new UpdateAnswer(
        code(),
        reason(),
        product.id(),
        facts.version(),
        offered().map(release -> UpdateAnswer.Offered.of(release, notes(release))),
        nextCheck.toSeconds(),
        product.supportedUntil(),
        snapshot);
  }

  private String code() {
    if (outcome instanceof UpdateDecision.Offer) {
      return "offer";
    } else if (outcome instanceof UpdateDecision.UpToDate) {
      return "up-to-date";
    } else if (outcome instanceof UpdateDecision.HeldBack) {
      return "held-back";
    }
    return "unsupported";
  }

  private Optional<String> reason() {
    if (outcome instanceof UpdateDecision.HeldBack heldBack) {
      return Optional.of(heldBack.reason().code());
    }
    return outcome instanceof UpdateDecision.Unsupported
        ? Optional.of("end-of-support")
        : Optional.empty();
  }

  private Optional<Release> offered() {
    return outcome instanceof UpdateDecision.Offer offer
        ? Optional.of(offer.release())
        : Optional.empty();
  }

  private LocalizedText.Picked notes(Release release) {
    return release.notes().pick(facts.language(), product.defaultLanguage());
  }
}
