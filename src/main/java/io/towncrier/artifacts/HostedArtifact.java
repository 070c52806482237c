package io.towncrier.artifacts;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An artifact that operators uploaded, or are uploading.
 *
 * @param id opaque
 * @param size in bytes, as it was announced
 * @param partSums the announced SHA-256 of each part, in their order
 * @param home by what its home knows the upload; empty until there is one
 * @param sums made from the bytes; empty unless it is ready
 * @param times what happened when
 * @param refusedBecause of one that is refused
 */
public record HostedArtifact(
    String id,
    ArtifactName name,
    long size,
    List<String> partSums,
    State state,
    Optional<String> home,
    Optional<Sums> sums,
    Times times,
    Optional<Defect> refusedBecause) {
  /** What ids begin with. */
  public static final String PREFIX = "art";

  public HostedArtifact {
    partSums = List.copyOf(partSums);
  }

  /** How far it has come. */
  public enum State {
    /** Parts are missing, or nobody has said that all are there. */
    UPLOADING,
    /** Every part is there; a job reads it. */
    VERIFYING,
    /** Its bytes are those that were announced. */
    READY,
    /** Its bytes are others; they are gone. */
    REFUSED,
    /** It is being removed. */
    DELETING;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why its bytes were refused. */
  public enum Defect {
    WRONG_SIZE,
    WRONG_SHA256;

    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong with bytes; empty when they are those that were announced. */
    static Optional<Defect> of(HostedArtifact announced, Sums found) {
      if (found.size() != announced.size()) {
        return Optional.of(WRONG_SIZE);
      }
      return found.sha256().equals(announced.name().sha256())
          ? Optional.empty()
          : Optional.of(WRONG_SHA256);
    }
  }

  /**
   * What happened when.
   *
   * @param publishedAt since when everybody may download it
   * @param retainedUntil before which it cannot be deleted
   */
  public record Times(
      Instant createdAt,
      Optional<Instant> readyAt,
      Optional<Instant> publishedAt,
      Optional<Instant> retainedUntil) {}
}
