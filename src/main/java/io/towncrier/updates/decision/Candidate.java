package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A release, compiled: its version and ranges are understood in the order of a product. Products
 * that have the same releases share it.
 *
 * @param release as it was published
 * @param version in the product's order
 * @param position of this version among the product's
 * @param rules in the order in which they are tried
 * @param floorFor the installed versions that must not pass it by
 * @param floorSpan their positions
 * @param priority the highest that a rule gives it
 * @param downgrades whether a rule lets it replace a newer version
 */
public record Candidate(
    Release release,
    Version version,
    int position,
    List<CompiledRule> rules,
    Optional<VersionRange.Resolved> floorFor,
    Positions.Span floorSpan,
    int priority,
    boolean downgrades) {

  /**
   * Compiles a release; empty when its version or a bound of its ranges cannot be read in the
   * product's scheme. Publishing refuses such a release, so that only a change of the scheme behind
   * our back can bring one here.
   *
   * @param kinds of rules that the product has, by their number; grows
   */
  static Optional<Candidate> of(
      Positions positions, Release release, Map<TargetingRule, Integer> kinds) {
    Optional<Version> version = positions.order().read(release.version());
    List<CompiledRule> rules = new ArrayList<>();
    for (TargetingRule rule : release.targeting().rules()) {
      Optional<Positions.Span> installed = span(rule.installed(), positions);
      if (installed.isEmpty()) {
        return Optional.empty();
      }
      rules.add(
          new CompiledRule(
              rule,
              installed.get().first(),
              installed.get().last(),
              new Match.Matched(rule.priority(), rule.downgrade()),
              kinds.computeIfAbsent(kindOf(rule), k -> kinds.size())));
    }
    Optional<VersionRange> floorFor = release.targeting().floorFor();
    Optional<Positions.Span> floorSpan = span(floorFor, positions);
    if (version.isEmpty() || floorSpan.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            release,
            version.get(),
            positions.of(version.get()),
            List.copyOf(rules),
            floorFor.flatMap(range -> resolved(range, positions)),
            floorSpan.get(),
            rules.isEmpty() ? 0 : rules.get(0).rule().priority(),
            release.targeting().rules().stream().anyMatch(TargetingRule::downgrade)));
  }

  /** What is looked at beside the installed version. */
  private static TargetingRule kindOf(TargetingRule rule) {
    return new TargetingRule(
        "",
        0,
        rule.channel(),
        rule.countries(),
        rule.languages(),
        rule.hardware(),
        Optional.empty(),
        rule.only(),
        rule.except(),
        false);
  }

  private static Optional<Positions.Span> span(Optional<VersionRange> range, Positions positions) {
    return range.isPresent() ? positions.of(range.get()) : Optional.of(Positions.Span.ALL);
  }

  private static Optional<VersionRange.Resolved> resolved(VersionRange range, Positions positions) {
    return range.resolve(positions.order()::read) instanceof VersionRange.Resolved resolved
        ? Optional.of(resolved)
        : Optional.empty();
  }

  /**
   * With the rules alone that may mean this client, or not at all when none does. What its channel
   * or country is refused is left: once installed, it may still go before others.
   */
  Optional<Candidate> narrowedTo(ClientFacts client, Channels channels) {
    if (floorFor.isPresent()) {
      // One that was withdrawn binds also those whom its rules do not mean.
      return Optional.of(this);
    }
    List<CompiledRule> kept =
        rules.stream().filter(r -> r.rule().refusal(client, channels).isEmpty()).toList();
    if (kept.isEmpty() && !rules.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            release,
            version,
            position,
            kept,
            floorFor,
            floorSpan,
            kept.isEmpty() ? 0 : kept.get(0).rule().priority(),
            kept.stream().anyMatch(r -> r.rule().downgrade())));
  }

  /** Of its rollout: each product has its own slice of the fleet, unless the release names one. */
  String salt(Product product) {
    return release.rollout().salt().orElseGet(() -> product.id() + '/' + release.version());
  }

  Match match(Question question) {
    if (rules.isEmpty()) {
      return Match.Matched.EVERYBODY;
    }
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).matches(question)) {
        return rules.get(i).matched();
      }
    }
    return new Match.Unmatched(priority, rules.get(0).refusal(question));
  }
}
