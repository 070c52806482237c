package io.towncrier.artifacts;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Tells what refers to an artifact. */
public interface ArtifactReferences {
  /** Ids of some of the releases, in any state, that name these bytes. */
  Uni<List<String>> to(String sha256, int limit);
}
