package io.towncrier.ddi;

import io.towncrier.releases.Artifact;
import io.towncrier.releases.Release;
import java.util.List;
import java.util.Optional;

/** Which file of a release a client gets: each of them takes exactly one. */
final class DdiArtifact {
  private DdiArtifact() {}

  /**
   * The one file whose name ends as this client's files do; for rauc a release's only file may have
   * any name. Both clients need a SHA-1, and count bytes in 31 bits.
   */
  static Optional<Artifact> of(Release release, ClientKind client) {
    List<Artifact> all = release.content().artifacts();
    List<Artifact> fitting = all.stream().filter(a -> a.name().endsWith(client.ending())).toList();
    List<Artifact> choice = fitting.isEmpty() && client == ClientKind.RAUC ? all : fitting;
    return choice.size() == 1
        ? Optional.of(choice.get(0))
            .filter(a -> a.sha1().isPresent() && a.size() <= Integer.MAX_VALUE)
        : Optional.empty();
  }
}
