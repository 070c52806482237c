package io.towncrier.updates.decision;

import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;

/**
 * A release, compiled: its version and ranges are understood in the order of a product. Products
 * that have the same releases share it.
 *
 * <p>What every check looks at first stands in this object itself. Thousands of releases fit into
 * no cache, and each step from object to object may be a wait for memory.
 */
public final class Candidate {
  private final Release release;
  private final Version version;
  private final int position;
  private final Optional<VersionRange.Resolved> floorFor;
  private final Positions.Span floorSpan;

  // Rows of the product's table.
  private final int firstRule;
  private final int endOfRules;
  private final int priority;
  private final boolean downgrades;

  // Out of the release.
  private final boolean published;
  private final Instant publishedAt;
  private final long publishedSecond;
  private final boolean security;
  private final long counter;
  private final String channel;
  private final CountryRule countries;
  private final Rollout rollout;
  private final Optional<InstallWindow> install;

  /**
   * @param release as it was published
   * @param version in the product's order
   * @param position of this version among the product's
   * @param floorFor the installed versions that must not pass it by
   * @param floorSpan their positions
   * @param rules its rows in the table of the product
   */
  private Candidate(
      Release release,
      Version version,
      int position,
      Optional<VersionRange.Resolved> floorFor,
      Positions.Span floorSpan,
      RuleTable.Rows rules) {
    this.release = release;
    this.version = version;
    this.position = position;
    this.floorFor = floorFor;
    this.floorSpan = floorSpan;
    this.firstRule = rules.first();
    this.endOfRules = rules.end();
    this.priority = rules.priority();
    this.downgrades = rules.downgrades();
    this.published = release.state() == Release.State.PUBLISHED;
    this.publishedAt = release.publishedAt();
    this.publishedSecond = publishedAt.getEpochSecond();
    this.security = release.severity() == Severity.SECURITY;
    this.counter = release.counter();
    this.channel = release.targeting().channel();
    this.countries = release.targeting().countries();
    this.rollout = release.rollout();
    this.install = release.targeting().install();
  }

  /**
   * Compiles a release; empty when its version or a bound of its ranges cannot be read in the
   * product's scheme. Publishing refuses such a release, so that only a change of the scheme behind
   * our back can bring one here.
   *
   * @param table of the product's rules; grows
   */
  static Optional<Candidate> of(Positions positions, Release release, RuleTable.Builder table) {
    Optional<Version> version = positions.order().read(release.version());
    Optional<VersionRange> floorFor = release.targeting().floorFor();
    Optional<Positions.Span> floorSpan = span(floorFor, positions);
    List<TargetingRule> rules = release.targeting().rules();
    List<Positions.Span> installed =
        rules.stream().flatMap(rule -> span(rule.installed(), positions).stream()).toList();
    if (version.isEmpty() || floorSpan.isEmpty() || installed.size() < rules.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            release,
            version.get(),
            positions.of(version.get()),
            floorFor.flatMap(range -> resolved(range, positions)),
            floorSpan.get(),
            table.add(rules, installed)));
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
   * With the rules alone that may mean a client, or not at all when none does. What its channel or
   * country is refused is left: once installed, it may still go before others.
   *
   * @param all the table that its rules stand in now
   * @param table in which they stand then; grows
   * @param mayMean the client, by kind
   */
  Optional<Candidate> narrowed(RuleTable all, RuleTable.Builder table, IntPredicate mayMean) {
    // A floor that was withdrawn binds also those whom its rules do not mean.
    RuleTable.Rows kept =
        table.add(all, firstRule, endOfRules, floorFor.isPresent() ? kind -> true : mayMean);
    return kept.first() == kept.end() && firstRule < endOfRules
        ? Optional.empty()
        : Optional.of(new Candidate(release, version, position, floorFor, floorSpan, kept));
  }

  public Release release() {
    return release;
  }

  /** In the product's order. */
  public Version version() {
    return version;
  }

  /** Of its version among the product's. */
  int position() {
    return position;
  }

  /** The installed versions that must not pass it by. */
  public Optional<VersionRange.Resolved> floorFor() {
    return floorFor;
  }

  /** Their positions. */
  Positions.Span floorSpan() {
    return floorSpan;
  }

  /** The highest that a rule gives it. */
  int priority() {
    return priority;
  }

  /** When it is out, in seconds of Unix time, if it is a security release that stands. */
  LongStream securitySecond() {
    return published && security ? LongStream.of(publishedSecond) : LongStream.empty();
  }

  /** Whether a rule lets it replace a newer version. */
  boolean downgrades() {
    return downgrades;
  }

  /** It is for everybody. */
  boolean hasNoRules() {
    return firstRule == endOfRules;
  }

  /** Those of its rules that serve the installed version, in the order in which they are tried. */
  List<RuleTable.Serving> rulesFor(Question question) {
    return question.rules().serving(firstRule, endOfRules, question);
  }

  /** Otherwise it was withdrawn. */
  boolean isPublished() {
    return published;
  }

  Instant publishedAt() {
    return publishedAt;
  }

  boolean isOut(Instant now) {
    return publishedSecond == now.getEpochSecond()
        ? !publishedAt.isAfter(now)
        : publishedSecond < now.getEpochSecond();
  }

  boolean isSecurity() {
    return security;
  }

  /** Zero when it says nothing. */
  long counter() {
    return counter;
  }

  String channel() {
    return channel;
  }

  CountryRule countries() {
    return countries;
  }

  Rollout rollout() {
    return rollout;
  }

  Optional<InstallWindow> install() {
    return install;
  }

  /** Of its rollout: each product has its own slice of the fleet, unless the release names one. */
  String salt(Product product) {
    return rollout.salt().orElseGet(() -> product.id() + '/' + release.version());
  }

  /** Which of its rules means the client: the first that does. */
  Match match(Question question) {
    return question.rules().match(firstRule, endOfRules, question);
  }

  /** Why one of all its rules, by its number from 0 in the release, does not mean the client. */
  Optional<Refusal> refusal(int rule, Question question) {
    return question.rules().refusal(firstRule + rule, question);
  }
}
