package io.towncrier.updates;

import io.towncrier.platform.language.LocalizedText;
import io.towncrier.releases.Advisory;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer to an update check, as every client gets it.
 *
 * @param decision offer, up-to-date, held-back or unsupported
 * @param reason kebab-case; why it is held back or unsupported
 * @param product asked for
 * @param installed as reported
 * @param release that is offered
 * @param installWindow when to install it; left out: at any time
 * @param nextCheckSeconds after which to ask again, in the middle
 * @param nextCheckSpreadSeconds by how much a client goes before or behind it, by a number of its
 *     own
 * @param matters the optional facts that can change this answer; of a registered device left out
 * @param mattersUntil when others will; left out: not before the next check, as far as is known
 * @param rollouts of which to say whether the client is inside, in place of its cohort
 * @param askAgainWith what matters and was not in the request; left out when there is nothing
 * @param ignored facts that were given and could not be read; left out when there are none
 * @param supportedUntil the last day with updates, when one is announced
 * @param snapshot from which it was answered
 */
@Schema(name = "UpdateAnswer")
public record UpdateAnswer(
    String decision,
    Optional<String> reason,
    String product,
    String installed,
    Optional<Offered> release,
    Optional<Window> installWindow,
    long nextCheckSeconds,
    long nextCheckSpreadSeconds,
    Optional<List<String>> matters,
    Optional<Instant> mattersUntil,
    Optional<List<Share>> rollouts,
    Optional<List<String>> askAgainWith,
    Optional<List<String>> ignored,
    Optional<LocalDate> supportedUntil,
    String snapshot) {

  /** The release that is offered, in the client's language. */
  @Schema(name = "OfferedRelease")
  public record Offered(
      String version,
      Optional<String> target,
      String severity,
      boolean mandatory,
      Instant publishedAt,
      OptionalLong counter,
      Notes notes,
      List<File> artifacts,
      Optional<Closed> advisory) {
    static Offered of(UpdateDecision.Offer offer, LocalizedText.Picked notes) {
      Release release = offer.release();
      return new Offered(
          release.version(),
          offer.target().version().equals(release.version())
              ? Optional.empty()
              : Optional.of(offer.target().version()),
          release.severity().code(),
          release.mandatory(),
          release.publishedAt(),
          release.counter() == 0 ? OptionalLong.empty() : OptionalLong.of(release.counter()),
          new Notes(notes.language(), notes.text().title(), notes.text().body()),
          release.content().artifacts().stream()
              .map(a -> new File(a.name(), a.url().toString(), a.size(), a.sha256()))
              .toList(),
          release.content().advisory().map(Closed::of));
    }
  }

  /**
   * The share of a rollout: inside is whose SHA-256 of {@code salt:cohort} in UTF-8, read as one
   * unsigned big-endian number, is below the share, modulo 10,000.
   *
   * @param id under which a client says {@code in} or {@code out}
   * @param salt of the rollout
   * @param share from 1 to 9,999
   */
  @Schema(name = "RolloutShare")
  public record Share(String id, String salt, int share) {
    static List<Share> all(List<io.towncrier.releases.rollout.Share> shares) {
      return shares.stream().map(s -> new Share(s.id(), s.salt(), s.buckets())).toList();
    }
  }

  /** What is new, and in which language that is told. */
  @Schema(name = "ReleaseNotes")
  public record Notes(String language, String title, String body) {}

  /** A file to download; size in bytes, SHA-256 in lower-case hexadecimal. */
  @Schema(name = "OfferedArtifact")
  public record File(String name, String url, long size, String sha256) {}

  /** The weakness that the release closes; affected is a range such as {@code [1.0, 2.0)}. */
  @Schema(name = "OfferedAdvisory")
  public record Closed(
      String id, String severity, String affected, String description, String remedy) {
    static Closed of(Advisory advisory) {
      return new Closed(
          advisory.id(),
          advisory.severity().code(),
          advisory.affected().toString(),
          advisory.description(),
          advisory.remedy());
    }
  }

  /**
   * When to install, in seconds from the moment the answer is read.
   *
   * @param opensInSeconds 0 when it is open
   * @param closesInSeconds left out when it stays open
   */
  @Schema(name = "InstallWindow")
  public record Window(long opensInSeconds, OptionalLong closesInSeconds) {
    /**
     * An opening as told at a moment that is rounded down. Late by no more than the answer may be
     * kept, early in closing by as much, so that a kept answer never leads outside of the hours.
     *
     * @param asOf the moment, rounded down
     * @param isOpen whether it is open at the unrounded moment
     * @param margin step of the rounding, and for how long the answer may be kept
     */
    static Window of(InstallWindow.Opening opening, Instant asOf, boolean isOpen, Duration margin) {
      long opens = isOpen ? 0 : ceilingSeconds(Duration.between(asOf, opening.opens()));
      return new Window(
          opens,
          opening
              .closes()
              .map(
                  closes ->
                      OptionalLong.of(Duration.between(asOf, closes).minus(margin).toSeconds()))
              .orElseGet(OptionalLong::empty));
    }

    private static long ceilingSeconds(Duration duration) {
      return duration.plusNanos(999_999_999).toSeconds();
    }
  }
}
