package io.towncrier.releases;

import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds equal parts of releases once: from release to release, rules name the same countries,
 * revisions and cohorts. That saves most of their heap, and decisions find what they look at in the
 * processor's cache. Made for one reading of the catalogue; not for several threads.
 */
public final class SharedParts {
  private final Map<Object, Object> known = new HashMap<>();

  /** An equal release, whose parts are those of earlier ones wherever they are equal. */
  public Release of(Release release) {
    Targeting targeting = release.targeting();
    return new Release(
        shared(release.version()),
        release.counter(),
        release.state(),
        release.severity(),
        release.mandatory(),
        release.publishedAt(),
        new Targeting(
            shared(targeting.channel()),
            shared(targeting.countries()),
            targeting.rules().stream().map(this::of).toList(),
            range(targeting.floorFor()),
            shared(targeting.install())),
        shared(release.rollout()),
        of(release.content()));
  }

  private Content of(Content content) {
    return new Content(
        content.notes().sharing(this::shared), content.artifacts(), content.advisory());
  }

  private TargetingRule of(TargetingRule rule) {
    return new TargetingRule(
        shared(rule.name()),
        rule.priority(),
        shared(rule.channel()),
        shared(rule.countries()),
        shared(rule.languages()),
        shared(rule.hardware()),
        range(rule.installed()),
        shared(rule.only()),
        shared(rule.except()),
        rule.downgrade());
  }

  // Bounds are versions of releases, and are held by those already.
  private Optional<VersionRange> range(Optional<VersionRange> range) {
    return shared(
        range.map(
            r ->
                new VersionRange(
                    r.from().map(this::shared),
                    r.to().map(this::shared),
                    r.before().map(this::shared))));
  }

  /** What equals a part is of its type, or is empty and has nothing in it that has a type. */
  @SuppressWarnings("unchecked")
  private <T> T shared(T part) {
    return (T) known.computeIfAbsent(part, same -> same);
  }
}
