package io.towncrier.updates.preview;

import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A product as it would be with one of its releases in another state: pure. */
final class Draft {
  private Draft() {}

  /** The product with one release changed, or why there is none. */
  sealed interface Outcome {
    record As(CatalogueStore.Content content) implements Outcome {}

    record Unknown() implements Outcome {}

    record WrongState() implements Outcome {}
  }

  /** With a draft as if it were published at this moment. */
  static Outcome published(Optional<CatalogueStore.Content> content, ReleaseId id, Instant moment) {
    return changed(content, id, Release.State.DRAFT, draft -> draft.publishedNotBefore(moment));
  }

  /** With what is published as if it were withdrawn. */
  static Outcome withdrawn(Optional<CatalogueStore.Content> content, ReleaseId id) {
    return changed(
        content, id, Release.State.PUBLISHED, release -> release.inState(Release.State.WITHDRAWN));
  }

  /** With a draft as it is when its rollout has come to its end. */
  static Outcome finished(Optional<CatalogueStore.Content> content, ReleaseId id, Instant moment) {
    return changed(
        content,
        id,
        Release.State.DRAFT,
        draft -> {
          List<Phase> phases = draft.rollout().phases();
          Release out = draft.publishedAt(moment).inState(Release.State.PUBLISHED);
          return out.with(
              phases.isEmpty()
                  ? Rollout.FULL
                  : new Rollout(
                      List.of(
                          new Phase(
                              phases.get(phases.size() - 1).buckets(),
                              Optional.empty(),
                              Duration.ZERO)),
                      draft.rollout().salt(),
                      Rollout.State.RUNNING,
                      Optional.empty(),
                      Duration.ZERO));
        });
  }

  /** With something done to a release at this moment. */
  static Outcome steered(
      Optional<CatalogueStore.Content> content, SimulateChange.Steered steered, Instant moment) {
    Set<Release.State> expected =
        steered.act() == SimulateChange.Steered.Act.PUBLISH
            ? EnumSet.of(Release.State.DRAFT, Release.State.WITHDRAWN)
            : EnumSet.of(Release.State.PUBLISHED);
    return changed(
        content,
        steered.release(),
        expected,
        release ->
            switch (steered.act()) {
              case PUBLISH -> published(release, moment);
              case HALT -> release.with(release.rollout().halted(moment));
              case RESUME -> release.with(release.rollout().resumed(moment));
              case PHASES -> release.with(release.rollout().with(steered.phases()));
            });
  }

  /** What was withdrawn begins anew, as it does when it is published again. */
  private static Release published(Release release, Instant moment) {
    return release.state() == Release.State.WITHDRAWN
        ? release.with(release.rollout().anew(moment)).publishedNotBefore(moment)
        : release.publishedNotBefore(moment);
  }

  private static Outcome changed(
      Optional<CatalogueStore.Content> content,
      ReleaseId id,
      Release.State expected,
      UnaryOperator<Release> change) {
    return changed(content, id, EnumSet.of(expected), change);
  }

  private static Outcome changed(
      Optional<CatalogueStore.Content> content,
      ReleaseId id,
      Set<Release.State> expected,
      UnaryOperator<Release> change) {
    if (content.isEmpty()) {
      return new Outcome.Unknown();
    }
    Map.Entry<Product, List<Release>> product =
        content.get().products().entrySet().iterator().next();
    Optional<Release> found =
        product.getValue().stream().filter(r -> r.version().equals(id.version())).findFirst();
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (!expected.contains(found.get().state())) {
      return new Outcome.WrongState();
    }
    List<Release> releases =
        product.getValue().stream()
            .map(r -> r.version().equals(id.version()) ? change.apply(r) : r)
            .toList();
    return new Outcome.As(
        new CatalogueStore.Content(
            content.get().revision(),
            content.get().channels(),
            Map.of(product.getKey(), releases)));
  }
}
