package io.towncrier.artifacts;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Removes uploads that were abandoned, images that no release has referred to for long, and what a
 * crash has left of removals.
 */
@ApplicationScoped
public class TidyArtifacts {
  private static final int BATCH = 100;
  // Each is looked at once in that time, however often this runs.
  private static final Duration LOOKED_AT_EVERY = Duration.ofMinutes(50);

  private final ArtifactStore store;
  private final ArtifactReferences references;
  private final DeleteArtifact delete;
  private final ArtifactsConfig config;
  private final InstantSource clock;

  TidyArtifacts(
      ArtifactStore store,
      ArtifactReferences references,
      DeleteArtifact delete,
      ArtifactsConfig config,
      InstantSource clock) {
    this.store = store;
    this.references = references;
    this.delete = delete;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Tidies while there is something to do and time is left.
   *
   * @return how many artifacts were removed or looked at
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Batches.whileFull(1, hasTime, this::batch);
  }

  private Uni<Integer> batch() {
    Instant now = clock.instant();
    return store
        .abandoned(now.minus(config.abandonedAfter()), BATCH)
        .chain(old -> each(old, upload -> delete.run(upload.id(), AuditEntry.SYSTEM)))
        .chain(
            abandoned ->
                store
                    .deleting(BATCH)
                    .chain(left -> each(left, artifact -> delete.finish(artifact.id())))
                    .map(left -> abandoned + left))
        .chain(
            removed ->
                store
                    .unlooked(now.minus(LOOKED_AT_EVERY), BATCH)
                    .chain(ready -> each(ready, artifact -> look(artifact, now)))
                    .map(looked -> removed + looked));
  }

  private Uni<?> look(HostedArtifact artifact, Instant now) {
    return references
        .to(artifact.name().sha256(), 1)
        .chain(uses -> store.looked(artifact.id(), !uses.isEmpty(), now))
        .chain(
            unused ->
                unused.isPresent() && unused.get().isBefore(now.minus(config.unusedAfter()))
                    ? delete.run(artifact.id(), AuditEntry.SYSTEM).replaceWithVoid()
                    : Uni.createFrom().voidItem());
  }

  private static Uni<Integer> each(
      List<HostedArtifact> artifacts, Function<HostedArtifact, Uni<?>> work) {
    return Multi.createFrom()
        .iterable(artifacts)
        .onItem()
        .transformToUniAndConcatenate(artifact -> work.apply(artifact).replaceWith(1))
        .collect()
        .with(Collectors.summingInt(done -> done));
  }
}
