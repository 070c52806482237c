package io.towncrier.artifacts;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactHome.Link;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What releases do with artifacts: refer to those that are ready, and publish them. */
@ApplicationScoped
public class UseArtifacts {
  private final ArtifactStore store;
  private final ArtifactHome home;
  private final ArtifactsConfig config;
  private final InstantSource clock;

  UseArtifacts(
      ArtifactStore store, ArtifactHome home, ArtifactsConfig config, InstantSource clock) {
    this.store = store;
    this.home = home;
    this.config = config;
    this.clock = clock;
  }

  /** Those of these ids that are ready. */
  public Uni<List<HostedArtifact>> ready(Set<String> ids) {
    return ids.isEmpty() ? Uni.createFrom().item(List.of()) : store.ready(ids);
  }

  /** Those that are ready; none of them is deleted before the current transaction ends. */
  public Uni<Set<ArtifactName>> hold(Set<ArtifactName> names) {
    return names.isEmpty()
        ? Uni.createFrom().item(Set.of())
        : store
            .hold(names)
            .map(held -> held.stream().map(HostedArtifact::name).collect(Collectors.toSet()));
  }

  /**
   * From now on everybody may download these; those that are not ready are left out. In the
   * transaction that publishes the release, and before its end: who is offered it can download it.
   *
   * @param security whether it is a security release, whose images have to stay
   */
  public Uni<Set<ArtifactName>> publish(Set<ArtifactName> names, boolean security) {
    if (names.isEmpty()) {
      return Uni.createFrom().item(Set.of());
    }
    Instant now = clock.instant();
    Optional<Instant> until =
        security ? Optional.of(now.plus(config.securityKeptFor())) : Optional.empty();
    return store
        .hold(names)
        .call(held -> publishEach(held, now, until))
        .map(held -> held.stream().map(HostedArtifact::name).collect(Collectors.toSet()));
  }

  // Each with a statement behind it: a transaction that is idle for long is ended.
  private Uni<Void> publishEach(
      Collection<HostedArtifact> held, Instant now, Optional<Instant> until) {
    return Multi.createFrom()
        .iterable(held)
        .onItem()
        .transformToUniAndConcatenate(
            artifact ->
                (artifact.times().publishedAt().isPresent()
                        ? Uni.createFrom().voidItem()
                        : Homes.tell(() -> home.publish(artifact.name())))
                    .chain(() -> store.published(artifact.name(), now, until)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /**
   * A link to an image that is not published yet, good for a while.
   *
   * @return empty when no such artifact is ready
   */
  public Uni<Optional<Expiring>> link(String id) {
    Instant until = clock.instant().plus(config.linkLife());
    return store
        .find(id)
        .chain(
            found ->
                found.filter(a -> a.state() == HostedArtifact.State.READY).isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : Homes.ask(
                        () ->
                            Optional.of(
                                new Expiring(home.link(found.get().name(), until), until))));
  }

  /** A link, and until when it is good. */
  public record Expiring(Link link, Instant until) {}
}
