package io.towncrier.updates;

import io.towncrier.platform.LocalizedText;
import io.towncrier.releases.Release;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The answer to an update check, as every client gets it.
 *
 * @param decision offer, up-to-date, held-back or unsupported
 * @param reason kebab-case; why it is held back or unsupported
 * @param product asked for
 * @param installed as reported
 * @param release that is offered
 * @param nextCheckSeconds after which to ask again
 * @param supportedUntil the last day with updates, when one is announced
 * @param snapshot from which it was answered
 */
public record UpdateAnswer(
    String decision,
    Optional<String> reason,
    String product,
    String installed,
    Optional<Offered> release,
    long nextCheckSeconds,
    Optional<LocalDate> supportedUntil,
    String snapshot) {

  /** The release that is offered, in the client's language. */
  public record Offered(
      String version,
      String severity,
      boolean mandatory,
      Instant publishedAt,
      Notes notes,
      List<File> artifacts) {
    static Offered of(Release release, LocalizedText.Picked notes) {
      return new Offered(
          release.version().toString(),
          release.severity().code(),
          release.mandatory(),
          release.publishedAt(),
          new Notes(notes.language(), notes.text().title(), notes.text().body()),
          release.artifacts().stream()
              .map(a -> new File(a.name(), a.url().toString(), a.size(), a.sha256()))
              .toList());
    }
  }

  /** What is new, and in which language that is told. */
  public record Notes(String language, String title, String body) {}

  /** A file to download; size in bytes, SHA-256 in lower-case hexadecimal. */
  public record File(String name, String url, long size, String sha256) {}
}
