package io.towncrier.releases;

import io.towncrier.platform.language.LocalizedText;
import java.util.List;
import java.util.Optional;

/**
 * What a client is shown of a release, and downloads.
 *
 * @param notes what is new, in several languages
 * @param artifacts what to download; empty for an app that its store updates
 * @param advisory what a security release closes
 */
public record Content(LocalizedText notes, List<Artifact> artifacts, Optional<Advisory> advisory) {
  public Content {
    artifacts = List.copyOf(artifacts);
  }

  /** Bytes that a device downloads: it takes one of the files, and the largest one counts. */
  public long downloadSize() {
    return artifacts.stream().mapToLong(Artifact::size).max().orElse(0);
  }
}
