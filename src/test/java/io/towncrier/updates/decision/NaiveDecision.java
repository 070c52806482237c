package io.towncrier.updates.decision;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Halt;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.LocalZones;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.releases.version.VersionScheme;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The decision told a second time: slowly, one sentence of the description after the other. It
 * shares the comparison of versions and the search for an install window with the real one, and
 * nothing else.
 */
final class NaiveDecision {
  private static final int NOT_HELD = -1;

  /** After so many that were too short, a window is taken to have none that is long enough. */
  private static final int OPENINGS = 8;

  private final Product product;
  private final List<Release> releases;
  private final List<String> channels;
  private final ClientFacts facts;
  private final Instant now;
  private final Duration margin;
  private final Halt halt;
  private final List<Refusal> refusals = new ArrayList<>();

  private NaiveDecision(
      Product product, List<Release> releases, Channels channels, RandomFleet.Ask ask, Halt halt) {
    this.halt = halt;
    this.product = product;
    this.channels = channels.inOrder();
    this.facts = ask.facts();
    this.now = ask.now();
    this.margin = ask.margin();
    List<Release> noDrafts =
        releases.stream().filter(r -> r.state() != Release.State.DRAFT).toList();
    this.releases = noDrafts;
  }

  /**
   * What was decided, and how it came to it.
   *
   * @param decision to be told
   * @param refusals of all the releases that were looked at
   */
  record Told(UpdateDecision decision, List<Refusal> refusals) {}

  static Told decide(
      Product product, List<Release> releases, Channels channels, RandomFleet.Ask ask, Halt halt) {
    NaiveDecision naive = new NaiveDecision(product, releases, channels, ask, halt);
    return new Told(naive.decide(), naive.refusals);
  }

  private UpdateDecision decide() {
    if (read(facts.version()).isEmpty()) {
      return new UpdateDecision.HeldBack(Refusal.UNKNOWN_VERSION);
    }
    Optional<Refusal> told = Optional.empty();
    for (Release candidate : competitors()) {
      if (priority(candidate) < held()) {
        break;
      }
      Optional<Refusal> refusal = refusal(candidate);
      Optional<Release> hop = refusal.isPresent() ? Optional.empty() : nextHop(candidate);
      if (hop.isPresent()) {
        return new UpdateDecision.Offer(hop.get(), candidate, opening(hop.get()));
      }
      Refusal why = refusal.orElse(Refusal.FLOOR_UNAVAILABLE);
      refusals.add(why);
      if (told.isEmpty() && isUpgrade(candidate) && isTold(why)) {
        told = Optional.of(why);
      }
    }
    if (product.supportedUntil().isPresent()
        && now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(product.supportedUntil().get())) {
      return new UpdateDecision.Unsupported();
    }
    return told.isPresent()
        ? new UpdateDecision.HeldBack(told.get())
        : new UpdateDecision.UpToDate();
  }

  /** All that may replace what is installed, the one that is wanted most first. */
  private List<Release> competitors() {
    return understood()
        .filter(r -> isUpgrade(r) || (isDowngrade(r) && mayGoDown(r) && priority(r) > held()))
        .sorted(
            Comparator.comparing(this::priority)
                .thenComparing(this::version)
                .reversed()
                .thenComparing(Release::version))
        .toList();
  }

  /** The priority of the installed version's own release, which what is behind it cannot beat. */
  private int held() {
    return understood()
        .filter(r -> r.state() == Release.State.PUBLISHED)
        .filter(r -> version(r).compareTo(installed()) == 0)
        .filter(r -> !isOut(r) || ruleRefusal(r).isEmpty())
        .mapToInt(r -> isOut(r) ? priority(r) : highestPriority(r))
        .max()
        .orElse(NOT_HELD);
  }

  private boolean isOut(Release release) {
    return !now.isBefore(release.publishedAt());
  }

  /** Of one that is not out yet the rules are secret, and not tried. */
  private static int highestPriority(Release release) {
    return byPriority(release).findFirst().map(TargetingRule::priority).orElse(0);
  }

  private boolean isUpgrade(Release release) {
    return version(release).compareTo(installed()) > 0;
  }

  private boolean isDowngrade(Release release) {
    return version(release).compareTo(installed()) < 0;
  }

  // The way to a release.

  private Optional<Release> nextHop(Release target) {
    boolean passedWithdrawn = false;
    for (Release floor : bindingFloors(target)) {
      Optional<Refusal> refusal = hopRefusal(floor);
      if (refusal.isEmpty()) {
        return Optional.of(floor);
      }
      if (refusal.get() != Refusal.WITHDRAWN) {
        return Optional.empty();
      }
      passedWithdrawn = true;
    }
    return passedWithdrawn && !isFloorForInstalled(target) ? Optional.empty() : Optional.of(target);
  }

  private List<Release> bindingFloors(Release target) {
    return understood()
        .filter(this::isFloorForInstalled)
        .filter(floor -> version(floor).compareTo(version(target)) < 0)
        .filter(floor -> isUpgrade(floor) || (isDowngrade(floor) && mayGoDown(floor)))
        .filter(this::isMeantForClient)
        .filter(floor -> hopRefusal(floor).filter(Refusal.NOT_PUBLISHED::equals).isEmpty())
        .sorted(Comparator.comparing(this::version).thenComparing(Release::version))
        .toList();
  }

  private boolean isFloorForInstalled(Release release) {
    return release.targeting().floorFor().filter(range -> isWithin(installed(), range)).isPresent();
  }

  /** Whether nothing that the client is and stays speaks against it. */
  private boolean isMeantForClient(Release release) {
    return reaches(release.targeting().channel())
        && countryRefusal(release.targeting().countries()).isEmpty()
        && ruleRefusal(release).isEmpty();
  }

  // Why a release is refused.

  private Optional<Refusal> refusal(Release release) {
    return firstOf(
        outRefusal(release),
        channelRefusal(release),
        severityRefusal(release),
        counterRefusal(release),
        countryRefusal(release.targeting().countries()),
        ruleRefusal(release),
        rolloutRefusal(release),
        when(
            haltedSince(release).filter(since -> !now.isBefore(since)).isPresent(),
            Refusal.STOPPED),
        windowRefusal(release));
  }

  private Optional<Refusal> hopRefusal(Release release) {
    return firstOf(
        outRefusal(release),
        channelRefusal(release),
        counterRefusal(release),
        countryRefusal(release.targeting().countries()),
        ruleRefusal(release),
        rolloutRefusal(release),
        windowRefusal(release));
  }

  @SafeVarargs
  private static Optional<Refusal> firstOf(Optional<Refusal>... refusals) {
    return Stream.of(refusals).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Refusal> when(boolean refused, Refusal why) {
    return refused ? Optional.of(why) : Optional.empty();
  }

  private Optional<Refusal> outRefusal(Release release) {
    if (release.state() == Release.State.WITHDRAWN) {
      return Optional.of(Refusal.WITHDRAWN);
    }
    return when(now.isBefore(release.publishedAt()), Refusal.NOT_PUBLISHED);
  }

  private Optional<Refusal> channelRefusal(Release release) {
    return when(!reaches(release.targeting().channel()), Refusal.OTHER_CHANNEL);
  }

  private Optional<Refusal> severityRefusal(Release release) {
    return when(
        product.securityOnly() && release.severity() != Severity.SECURITY, Refusal.SECURITY_ONLY);
  }

  private Optional<Refusal> counterRefusal(Release release) {
    if (facts.ignored().has(Fact.COUNTER) && isDowngrade(release)) {
      return Optional.of(Refusal.LOWER_COUNTER);
    }
    boolean productCounts = releases.stream().anyMatch(r -> r.counter() != 0 && isOut(r));
    return when(
        productCounts
            && facts.counter().isPresent()
            && facts.counter().getAsLong() > release.counter(),
        Refusal.LOWER_COUNTER);
  }

  private Optional<Refusal> rolloutRefusal(Release release) {
    Rollout rollout = release.rollout();
    if (rollout.state() == Rollout.State.HALTED) {
      return Optional.of(Refusal.ROLLOUT_HALTED);
    }
    if (rollout.phases().isEmpty()) {
      // Everybody from the publication on, of which a pause before it makes a later moment.
      return when(clockOf(release).isBefore(release.publishedAt()), Refusal.NOT_PUBLISHED);
    }
    List<Phase> begun = begunPhases(release);
    if (begun.isEmpty()) {
      return Optional.of(Refusal.NOT_PUBLISHED);
    }
    int share = begun.get(begun.size() - 1).buckets();
    if (share == 10_000 || facts.manual()) {
      return Optional.empty();
    }
    String salt = rollout.salt().orElse(product.id() + "/" + release.version());
    boolean inside = facts.cohort().isPresent() && bucket(salt, facts.cohort().get()) < share;
    return when(!inside, Refusal.OUTSIDE_ROLLOUT);
  }

  private List<Phase> begunPhases(Release release) {
    Instant clock = clockOf(release);
    List<Phase> begun = new ArrayList<>();
    Instant earliest = release.publishedAt();
    for (Phase phase : release.rollout().phases()) {
      Instant begin = phase.start().filter(earliest::isBefore).orElse(earliest);
      if (clock.isBefore(begin)) {
        break;
      }
      begun.add(phase);
      earliest = begin.plus(phase.soak());
    }
    return begun;
  }

  /** The first of all that stops it, and none before the release was out. */
  private Instant clockOf(Release release) {
    Instant clock = now;
    if (haltedSince(release).isPresent()) {
      Instant since = haltedSince(release).get();
      Instant standing = since.isBefore(release.publishedAt()) ? release.publishedAt() : since;
      clock = standing.isBefore(clock) ? standing : clock;
    }
    Optional<Instant> heldSince = release.rollout().heldSince();
    if (heldSince.isPresent() && heldSince.get().isBefore(clock)) {
      clock = heldSince.get();
    }
    return clock.minus(release.rollout().heldFor());
  }

  private Optional<Instant> haltedSince(Release release) {
    return release.severity() == Severity.SECURITY ? halt.securitySince() : halt.since();
  }

  static int bucket(String salt, String cohort) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((salt + ":" + cohort).getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, digest).mod(BigInteger.valueOf(10_000)).intValue();
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Optional<Refusal> windowRefusal(Release release) {
    return when(
        release.targeting().install().isPresent() && opening(release).isEmpty(),
        Refusal.TIME_ZONE_UNKNOWN);
  }

  /** The first that is still open when the answer is read at the latest. */
  private Optional<InstallWindow.Opening> opening(Release release) {
    if (release.targeting().install().isEmpty()) {
      return Optional.empty();
    }
    InstallWindow window = release.targeting().install().get();
    LocalZones zones = LocalZones.of(facts.timeZone(), facts.country());
    Instant from = now;
    for (int i = 0; i < OPENINGS; i++) {
      Optional<InstallWindow.Opening> opening = window.next(from, zones);
      Optional<Instant> closes = opening.flatMap(InstallWindow.Opening::closes);
      if (closes.isEmpty() || opening.get().opens().plus(margin).isBefore(closes.get())) {
        return opening;
      }
      from = closes.get();
    }
    return Optional.empty();
  }

  // The rules of a release.

  private Optional<TargetingRule> matched(Release release) {
    return byPriority(release).filter(rule -> refusal(rule).isEmpty()).findFirst();
  }

  /** Those of one priority stay as they were written. */
  private static Stream<TargetingRule> byPriority(Release release) {
    return release.targeting().rules().stream()
        .sorted(Comparator.comparing(rule -> -rule.priority()));
  }

  private int priority(Release release) {
    return matched(release)
        .or(() -> byPriority(release).findFirst())
        .map(TargetingRule::priority)
        .orElse(0);
  }

  private boolean mayGoDown(Release release) {
    return matched(release).filter(TargetingRule::downgrade).isPresent();
  }

  private Optional<Refusal> ruleRefusal(Release release) {
    return matched(release).isPresent()
        ? Optional.empty()
        : byPriority(release).findFirst().flatMap(this::refusal);
  }

  private Optional<Refusal> refusal(TargetingRule rule) {
    return firstOf(
        when(
            rule.installed().isPresent() && !isWithin(installed(), rule.installed().get()),
            Refusal.VERSION_NOT_SERVED),
        when(isListed(rule.except()), Refusal.EXCLUDED),
        when(isCanary(rule.only()) && !isListed(rule.only()), Refusal.NOT_LISTED),
        when(rule.channel().isPresent() && !reaches(rule.channel().get()), Refusal.OTHER_CHANNEL),
        countryRefusal(rule.countries()),
        languageRefusal(rule),
        hardwareRefusal(rule));
  }

  private static boolean isCanary(Selection only) {
    return only.cohorts().size() + only.devices().size() > 0;
  }

  private boolean isListed(Selection selection) {
    return selection.cohorts().stream().anyMatch(c -> facts.cohort().equals(Optional.of(c)))
        || selection.devices().stream().anyMatch(d -> facts.device().equals(Optional.of(d)));
  }

  private boolean reaches(String releasedOn) {
    // Who follows a channel hears of that one and of those before it; of others nothing is known.
    List<String> heard = channels.subList(0, channels.indexOf(facts.channel()) + 1);
    return heard.contains(releasedOn);
  }

  private Optional<Refusal> countryRefusal(CountryRule rule) {
    boolean asks = !rule.allowed().isEmpty() || !rule.denied().isEmpty();
    if (asks && facts.country().isEmpty()) {
      return Optional.of(Refusal.COUNTRY_UNKNOWN);
    }
    return when(asks && !isServed(rule, facts.country().get()), Refusal.COUNTRY_NOT_SERVED);
  }

  private static boolean isServed(CountryRule rule, CountryCode country) {
    boolean denied = rule.denied().contains(country);
    boolean leftOut = !rule.allowed().isEmpty() && !rule.allowed().contains(country);
    return !denied && !leftOut;
  }

  private Optional<Refusal> languageRefusal(TargetingRule rule) {
    if (rule.languages().isEmpty()) {
      return Optional.empty();
    }
    if (facts.language().isEmpty()) {
      return Optional.of(Refusal.LANGUAGE_UNKNOWN);
    }
    Set<String> meant = NaiveLanguages.tagsThatMean(facts.language().get().value());
    return when(
        rule.languages().tags().stream().noneMatch(tag -> meant.contains(tag.value())),
        Refusal.LANGUAGE_NOT_SERVED);
  }

  private Optional<Refusal> hardwareRefusal(TargetingRule rule) {
    if (rule.hardware().isEmpty()) {
      return Optional.empty();
    }
    if (facts.hardware().isEmpty()) {
      return Optional.of(Refusal.HARDWARE_UNKNOWN);
    }
    return when(!rule.hardware().contains(facts.hardware().get()), Refusal.HARDWARE_NOT_SERVED);
  }

  private static boolean isTold(Refusal refusal) {
    return switch (refusal) {
      case WITHDRAWN,
          NOT_PUBLISHED,
          OTHER_CHANNEL,
          SECURITY_ONLY,
          NOT_LISTED,
          EXCLUDED,
          ROLLOUT_HALTED ->
          false;
      default -> true;
    };
  }

  // Versions.

  private Optional<Version> read(String text) {
    if (product.scheme() != VersionScheme.SEQUENCE) {
      return product.scheme().read(text);
    }
    return releases.stream()
        .filter(release -> release.version().equals(text))
        .map(release -> Version.ofSequence(text, release.counter()))
        .findFirst();
  }

  private Version installed() {
    return read(facts.version()).orElseThrow();
  }

  private Version version(Release release) {
    return read(release.version()).orElseThrow();
  }

  /** What cannot be placed among the product's versions is as good as not there. */
  private Stream<Release> understood() {
    return releases.stream()
        .filter(release -> read(release.version()).isPresent())
        .filter(
            release ->
                Stream.concat(
                        release.targeting().floorFor().stream(),
                        release.targeting().rules().stream().flatMap(r -> r.installed().stream()))
                    .flatMap(NaiveDecision::bounds)
                    .allMatch(bound -> read(bound).isPresent()));
  }

  private static Stream<String> bounds(VersionRange range) {
    return Stream.of(range.from(), range.to(), range.before()).flatMap(Optional::stream);
  }

  private boolean isWithin(Version version, VersionRange range) {
    return range.from().flatMap(this::read).filter(v -> version.compareTo(v) < 0).isEmpty()
        && range.to().flatMap(this::read).filter(v -> version.compareTo(v) > 0).isEmpty()
        && range.before().flatMap(this::read).filter(v -> version.compareTo(v) >= 0).isEmpty();
  }
}
