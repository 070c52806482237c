package io.towncrier.artifacts;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps what is known of artifacts. */
public interface ArtifactStore {
  /**
   * Notes a new upload, unless there is one with this name.
   *
   * @return whether it was new
   */
  Uni<Boolean> insert(HostedArtifact upload, String operator);

  /** Says by what its home knows an upload; false when another was faster. */
  Uni<Boolean> begun(String id, String upload);

  Uni<Optional<HostedArtifact>> find(String id);

  Uni<Optional<HostedArtifact>> find(ArtifactName name);

  /** Those of the ids that are ready, by few statements. */
  Uni<List<HostedArtifact>> ready(Set<String> ids);

  /** In the order of their ids. */
  Uni<Page<HostedArtifact>> list(Optional<HostedArtifact.State> state, PageRequest<String> request);

  /** Whether it was in the state, and is in the other one now. */
  Uni<Boolean> move(String id, HostedArtifact.State from, HostedArtifact.State to);

  /** One that waits to be verified, for this process alone as long as reading it may take. */
  Uni<Optional<HostedArtifact>> claimVerification(Instant now);

  /** Lets another process verify it at once. */
  Uni<Void> releaseVerification(String id);

  /** Whether it still waited to be verified. */
  Uni<Boolean> verified(String id, Sums sums, Instant at);

  /** Whether it still waited to be verified. */
  Uni<Boolean> refused(String id, HostedArtifact.Defect because);

  /** Waits until nobody else decides about it; holds until the transaction ends. */
  Uni<Optional<HostedArtifact>> lock(String id);

  /** Those that are ready, which cannot be deleted until the transaction ends. */
  Uni<List<HostedArtifact>> hold(Set<ArtifactName> names);

  /** Notes that everybody may download it, and until when it has to stay. */
  Uni<Void> published(ArtifactName name, Instant at, Optional<Instant> retainedUntil);

  Uni<Void> delete(String id);

  /** Uploads that were begun before then and are not complete, or were refused. */
  Uni<List<HostedArtifact>> abandoned(Instant begunBefore, int limit);

  /** Those that are being removed, since before then. */
  Uni<List<HostedArtifact>> deleting(int limit);

  /** Those that are ready and whose use was not looked at since. */
  Uni<List<HostedArtifact>> unlooked(Instant since, int limit);

  /**
   * Notes whether anything refers to it.
   *
   * @return since when nothing does; empty while something does
   */
  Uni<Optional<Instant>> looked(String id, boolean used, Instant at);
}
