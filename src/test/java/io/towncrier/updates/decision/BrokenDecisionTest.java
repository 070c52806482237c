package io.towncrier.updates.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.language.LanguageRanges;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.Targeting;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The naive decision catches a decision that is broken: by gates that are missing or bent, or by
 * releases of which something was not read.
 */
class BrokenDecisionTest {
  /** Those of OracleTest, over which the decision as it is does not differ. */
  private static final int FLEETS = 20_000;

  @TestFactory
  Stream<DynamicTest> aMissingGateIsCaught() {
    return Gate.ALL.stream()
        .map(
            gate ->
                caught(
                    "no gate " + gate.name(),
                    new DecideUpdate(Gate.ALL.stream().filter(g -> !g.equals(gate)).toList())));
  }

  @TestFactory
  Stream<DynamicTest> aBentGateIsCaught() {
    return Stream.of(
        caught(
            "the bucket behind the share is inside",
            bent(
                "rollout",
                (check, c, m, q) ->
                    check.refusal(c, m, q).filter(r -> !bucketIs(c, q, shareOf(c, q))))),
        caught(
            "the last bucket of the share is outside",
            bent("rollout", (check, c, m, q) -> refuseAt(c, q, check.refusal(c, m, q)))),
        caught(
            "a later phase takes back what the first gave",
            bent("rollout", (check, c, m, q) -> shrunk(c, q, check.refusal(c, m, q)))),
        caught(
            "no cohort is inside",
            bent(
                "rollout",
                (check, c, m, q) ->
                    check
                        .refusal(c, m, q)
                        .filter(
                            r -> r != Refusal.OUTSIDE_ROLLOUT || q.facts().cohort().isPresent()))),
        caught("by hand past the rollout's halt", byHandPast("rollout", Refusal.ROLLOUT_HALTED)),
        caught("by hand before the first phase", byHandPast("rollout", Refusal.NOT_PUBLISHED)),
        caught("by hand into another country", byHandPast("countries", Refusal.COUNTRY_NOT_SERVED)),
        caught(
            "by hand counts for nothing",
            bent(
                "rollout",
                (check, c, m, q) ->
                    q.facts().manual() && shareOf(c, q) < Bucket.COUNT
                        ? Optional.of(Refusal.OUTSIDE_ROLLOUT)
                        : check.refusal(c, m, q))),
        caught(
            "a counter that was not read is none",
            bent(
                "counter",
                (check, c, m, q) ->
                    check.refusal(c, m, q).filter(r -> !q.facts().ignored().has(Fact.COUNTER)))),
        caught(
            "a counter is compared where no release has one",
            bent(
                "counter",
                (check, c, m, q) ->
                    q.facts().counter().orElse(0) > c.counter()
                        ? Optional.of(Refusal.LOWER_COUNTER)
                        : check.refusal(c, m, q))),
        caught(
            "a downgrade lifts the counter",
            bent(
                "counter",
                (check, c, m, q) -> check.refusal(c, m, q).filter(r -> !m.downgrade()))));
  }

  @TestFactory
  Stream<DynamicTest> aConditionOfARuleThatIsNotReadIsCaught() {
    return Stream.of(
        rules("except", r -> rule(r, r.languages(), r.hardware(), r.only(), Selection.NONE)),
        rules("only", r -> rule(r, r.languages(), r.hardware(), Selection.NONE, r.except())),
        rules("languages", r -> rule(r, LanguageRanges.NONE, r.hardware(), r.only(), r.except())),
        rules("hardware", r -> rule(r, r.languages(), Set.of(), r.only(), r.except())),
        rules(
            "devices of lists",
            r -> rule(r, r.languages(), r.hardware(), cohorts(r.only()), cohorts(r.except()))),
        rules("channel", r -> rule(r, Optional.empty(), r.countries(), r.downgrade())),
        rules("countries", r -> rule(r, r.channel(), CountryRule.EVERYWHERE, r.downgrade())),
        rules("missing permission to go down", r -> rule(r, r.channel(), r.countries(), true)),
        rules("permission to go down", r -> rule(r, r.channel(), r.countries(), false)),
        rules("priority", r -> rule(r, 0)),
        rules("installed", BrokenDecisionTest::forAllVersions));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotReadOfAReleaseIsCaught() {
    return Stream.of(
        releases("floors are skipped", r -> targeting(r, r.targeting().rules(), Optional.empty())),
        releases(
            "only the first rule counts",
            r ->
                targeting(
                    r, r.targeting().rules().stream().limit(1).toList(), r.targeting().floorFor())),
        releases(
            "rules of one priority in any order",
            r -> targeting(r, reversed(r.targeting().rules()), r.targeting().floorFor())),
        releases(
            "drafts are out",
            r -> r.state() == Release.State.DRAFT ? r.inState(Release.State.PUBLISHED) : r),
        releases("every release is for security", BrokenDecisionTest::forSecurity),
        releases(
            "a rollout never stood still",
            r -> r.with(rollout(r.rollout(), r.rollout().salt(), Duration.ZERO))),
        releases(
            "all rollouts go to the same slice",
            r ->
                r.with(
                    new Rollout(
                        r.rollout().phases(),
                        Optional.of("one for all"),
                        r.rollout().state(),
                        r.rollout().heldSince(),
                        r.rollout().heldFor()))),
        caught(
            "what was withdrawn binds nobody",
            DecideUpdate.BY_ALL_GATES,
            (releases, fleet, ask) ->
                releases.stream()
                    .filter(
                        r ->
                            r.state() != Release.State.WITHDRAWN
                                || r.version().equals(ask.facts().version()))
                    .toList()),
        caught(
            "what is installed holds nothing",
            DecideUpdate.BY_ALL_GATES,
            BrokenDecisionTest::installedWithdrawn));
  }

  // How it is broken.

  private interface Reading {
    List<Release> of(List<Release> releases, RandomFleet fleet, RandomFleet.Ask ask);
  }

  private interface Bend {
    Optional<Refusal> refusal(
        Gate.Check check, Candidate candidate, Match match, Question question);
  }

  private static DynamicTest caught(String name, DecideUpdate broken) {
    return caught(name, broken, (releases, fleet, ask) -> releases);
  }

  private static DynamicTest releases(String name, UnaryOperator<Release> reading) {
    return caught(
        name,
        DecideUpdate.BY_ALL_GATES,
        (releases, fleet, ask) -> releases.stream().map(reading).toList());
  }

  private static DynamicTest rules(String unread, UnaryOperator<TargetingRule> reading) {
    return releases(
        unread + " not read",
        r ->
            targeting(
                r, r.targeting().rules().stream().map(reading).toList(), r.targeting().floorFor()));
  }

  private static DynamicTest caught(String name, DecideUpdate broken, Reading reading) {
    return DynamicTest.dynamicTest(name, () -> assertThat(isCaught(broken, reading)).isTrue());
  }

  private static boolean isCaught(DecideUpdate decide, Reading reading) {
    for (long seed = 0; seed < FLEETS; seed++) {
      RandomFleet fleet = RandomFleet.of(seed);
      for (RandomFleet.Ask ask : fleet.asks()) {
        ProductReleases read =
            ProductReleases.of(fleet.product(), reading.of(fleet.releases(), fleet, ask))
                .under(fleet.halt());
        UpdateDecision decision =
            decide.decide(read, fleet.channels(), ask.facts(), ask.now(), ask.margin()).decision();
        UpdateDecision naive =
            NaiveDecision.decide(
                    fleet.product(), fleet.releases(), fleet.channels(), ask, fleet.halt())
                .decision();
        if (!Summary.of(decision).equals(Summary.of(naive))) {
          return true;
        }
      }
    }
    return false;
  }

  private static DecideUpdate bent(String name, Bend bend) {
    return new DecideUpdate(
        Gate.ALL.stream()
            .map(
                gate ->
                    gate.name().equals(name)
                        ? new Gate(name, (c, m, q) -> bend.refusal(gate.check(), c, m, q))
                        : gate)
            .toList());
  }

  private static DecideUpdate byHandPast(String gate, Refusal past) {
    return bent(
        gate,
        (check, c, m, q) -> check.refusal(c, m, q).filter(r -> r != past || !q.facts().manual()));
  }

  private static int shareOf(Candidate candidate, Question question) {
    Release release = candidate.release();
    return release.rollout().bucketsAt(question.now(), release.publishedAt());
  }

  private static boolean bucketIs(Candidate candidate, Question question, int bucket) {
    return question
        .facts()
        .cohort()
        .filter(cohort -> Bucket.of(candidate.salt(question.product()), cohort) == bucket)
        .isPresent();
  }

  private static Optional<Refusal> refuseAt(
      Candidate candidate, Question question, Optional<Refusal> refusal) {
    int share = shareOf(candidate, question);
    boolean last =
        share < Bucket.COUNT
            && !question.facts().manual()
            && bucketIs(candidate, question, share - 1);
    return refusal.isEmpty() && last ? Optional.of(Refusal.OUTSIDE_ROLLOUT) : refusal;
  }

  private static Optional<Refusal> shrunk(
      Candidate candidate, Question question, Optional<Refusal> refusal) {
    Release release = candidate.release();
    Rollout rollout = release.rollout();
    boolean takenBack =
        rollout.phaseAt(question.now(), release.publishedAt()) > 0
            && !question.facts().manual()
            && question
                .facts()
                .cohort()
                .filter(
                    c ->
                        Bucket.of(candidate.salt(question.product()), c)
                            < rollout.phases().get(0).buckets())
                .isPresent();
    return refusal.isEmpty() && takenBack ? Optional.of(Refusal.OUTSIDE_ROLLOUT) : refusal;
  }

  // Releases and rules of which something was not read.

  private static List<Release> installedWithdrawn(
      List<Release> releases, RandomFleet fleet, RandomFleet.Ask ask) {
    VersionOrder order = VersionOrder.of(fleet.product().scheme(), releases);
    Function<Release, Boolean> isInstalled =
        r -> order.read(r.version()).equals(order.read(ask.facts().version()));
    return releases.stream()
        .map(
            r ->
                isInstalled.apply(r) && r.state() == Release.State.PUBLISHED
                    ? r.inState(Release.State.WITHDRAWN)
                    : r)
        .toList();
  }

  private static Release targeting(
      Release r, List<TargetingRule> rules, Optional<VersionRange> floorFor) {
    Targeting t = r.targeting();
    return new Release(
        r.version(),
        r.counter(),
        r.state(),
        r.severity(),
        r.mandatory(),
        r.publishedAt(),
        new Targeting(t.channel(), t.countries(), rules, floorFor, t.install()),
        r.rollout(),
        r.content());
  }

  private static Release forSecurity(Release r) {
    return new Release(
        r.version(),
        r.counter(),
        r.state(),
        Severity.SECURITY,
        r.mandatory(),
        r.publishedAt(),
        r.targeting(),
        r.rollout(),
        r.content());
  }

  private static Rollout rollout(Rollout r, Optional<String> salt, Duration heldFor) {
    return r.state() == Rollout.State.HALTED
        ? r
        : new Rollout(r.phases(), salt, Rollout.State.RUNNING, Optional.empty(), heldFor);
  }

  private static List<TargetingRule> reversed(List<TargetingRule> rules) {
    List<TargetingRule> reversed = new ArrayList<>(rules);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Selection cohorts(Selection selection) {
    return new Selection(selection.cohorts(), Set.of());
  }

  private static TargetingRule rule(
      TargetingRule r,
      LanguageRanges languages,
      Set<String> hardware,
      Selection only,
      Selection except) {
    return new TargetingRule(
        r.name(),
        r.priority(),
        r.channel(),
        r.countries(),
        languages,
        hardware,
        r.installed(),
        only,
        except,
        r.downgrade());
  }

  private static TargetingRule rule(
      TargetingRule r, Optional<String> channel, CountryRule countries, boolean downgrade) {
    return new TargetingRule(
        r.name(),
        r.priority(),
        channel,
        countries,
        r.languages(),
        r.hardware(),
        r.installed(),
        r.only(),
        r.except(),
        downgrade);
  }

  private static TargetingRule rule(TargetingRule r, int priority) {
    return new TargetingRule(
        r.name(),
        priority,
        r.channel(),
        r.countries(),
        r.languages(),
        r.hardware(),
        r.installed(),
        r.only(),
        r.except(),
        r.downgrade());
  }

  private static TargetingRule forAllVersions(TargetingRule r) {
    return new TargetingRule(
        r.name(),
        r.priority(),
        r.channel(),
        r.countries(),
        r.languages(),
        r.hardware(),
        Optional.empty(),
        r.only(),
        r.except(),
        r.downgrade());
  }
}
