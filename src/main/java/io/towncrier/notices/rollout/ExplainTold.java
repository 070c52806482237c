package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.explain.UpdateReasons;
import io.towncrier.updates.ExplainUpdate;
import io.towncrier.updates.Fleet;
import io.towncrier.updates.decision.Explanation;
import io.towncrier.updates.decision.UpdateDecision;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the explanation of the check, and whether what it offers is news. */
@ApplicationScoped
class ExplainTold implements UpdateReasons {
  private final RolloutNotices rollouts;
  private final ExplainUpdate explain;
  private final CurrentSnapshot snapshots;
  private final Fleet fleet;

  ExplainTold(
      RolloutNotices rollouts, ExplainUpdate explain, CurrentSnapshot snapshots, Fleet fleet) {
    this.fleet = fleet;
    this.rollouts = rollouts;
    this.explain = explain;
    this.snapshots = snapshots;
  }

  @Override
  public Uni<Optional<List<OfDevice>>> of(String notice, String deviceId) {
    return rollouts
        .versionOf(notice)
        .chain(
            version ->
                version.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : ofEach(notice, deviceId, version.get()).map(Optional::of));
  }

  private Uni<List<OfDevice>> ofEach(String notice, String deviceId, String version) {
    return rollouts
        .subjects(notice, deviceId)
        .chain(
            devices ->
                Multi.createFrom()
                    .iterable(devices)
                    .onItem()
                    .transformToUniAndConcatenate(device -> ofOne(device, version))
                    .collect()
                    .asList())
        .map(found -> found.stream().flatMap(Optional::stream).toList());
  }

  private Uni<Optional<OfDevice>> ofOne(String device, String version) {
    return explain
        .ofDevice(device, false, Optional.empty())
        .chain(
            outcome ->
                outcome instanceof ExplainUpdate.Outcome.Explained explained
                    ? snapshots
                        .get()
                        .chain(
                            snapshot ->
                                rollouts
                                    .stages()
                                    .map(
                                        stages ->
                                            reason(device, version, explained, snapshot, stages)))
                        .chain(this::ofOwnKind)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /** Whom a check offers it, but who is not notified, being another kind of device. */
  private Uni<Optional<OfDevice>> ofOwnKind(OfDevice told) {
    return told.isMeant()
        ? fleet
            .isOfOwnKind(told.device())
            .map(own -> Optional.of(own ? told : told.notToldFor(OTHER_KIND)))
        : Uni.createFrom().item(Optional.of(told));
  }

  private static OfDevice reason(
      String device,
      String version,
      ExplainUpdate.Outcome.Explained explained,
      Snapshot snapshot,
      Map<String, Stage> stages) {
    UpdateDecision decision = explained.explanation().verdict().decision();
    Optional<String> offered =
        decision instanceof UpdateDecision.Offer offer
            ? Optional.of(offer.release().version())
            : Optional.empty();
    boolean meant = offered.filter(version::equals).isPresent();
    return new OfDevice(
        device,
        explained.facts().version(),
        version,
        decision.code(),
        decision.reasonCode(),
        offered,
        meant
            ? (isNews(device, explained, snapshot, stages) ? NEXT_LOOK : NO_NEWS)
            : refusal(version, explained.explanation()));
  }

  private static boolean isNews(
      String device,
      ExplainUpdate.Outcome.Explained explained,
      Snapshot snapshot,
      Map<String, Stage> stages) {
    Stage stage = stages.get(explained.product());
    Instant since = stage == null ? explained.at() : stage.since();
    return snapshot
        .of(explained.product())
        .flatMap(
            releases ->
                new NewlyEligible(releases, snapshot.channels(), since, explained.at())
                    .of(new Fleet.Member(device, explained.product(), explained.facts())))
        .isPresent();
  }

  /** Why it is not the one that is offered. */
  private static String refusal(String version, Explanation explanation) {
    return explanation.releases().stream()
        .filter(of -> of.release().version().equals(version))
        .findFirst()
        .map(ExplainTold::standing)
        .orElseGet(() -> explanation.verdict().decision().reasonCode().orElse("unknown-version"));
  }

  private static String standing(Explanation.OfRelease of) {
    Optional<String> refused =
        of.standing() == Explanation.Standing.REFUSED
            ? of.gates().stream()
                .flatMap(gate -> gate.refusal().stream())
                .findFirst()
                .map(refusal -> refusal.code())
            : Optional.empty();
    return refused.orElse(of.standing().code());
  }
}
