package io.towncrier.updates.preview;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Offload;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Product;
import io.towncrier.releases.PublishGate;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.updates.Fleet;
import io.towncrier.updates.decision.ProductReleases;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Tries a change of one product on its registered devices; nothing is written. */
@ApplicationScoped
public class SimulateChange {
  private static final int PAGE = 5_000;

  private final CatalogueStore store;
  private final Fleet fleet;
  private final SimulateGroups groups;
  private final PublishGate gate;
  private final InstantSource clock;

  SimulateChange(
      CatalogueStore store,
      Fleet fleet,
      SimulateGroups groups,
      PublishGate gate,
      InstantSource clock) {
    this.store = store;
    this.fleet = fleet;
    this.groups = groups;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * What is tried: one thing at least, all of one product.
   *
   * @param draft to publish
   * @param withdraw what is published
   * @param at the moment in question; without one it is now
   * @param finished whether the draft's rollout has come to its end
   * @param steered what is done besides, in this order
   */
  public record Change(
      Optional<ReleaseId> draft,
      Optional<ReleaseId> withdraw,
      Optional<Instant> at,
      boolean finished,
      List<Steered> steered) {
    public Change {
      steered = List.copyOf(steered);
      if (draft.isEmpty() && withdraw.isEmpty() && steered.isEmpty()) {
        throw new IllegalArgumentException("a change changes something");
      }
    }

    String product() {
      return draft.or(() -> withdraw).orElseGet(() -> steered.get(0).release()).product();
    }
  }

  /**
   * What is done to a release.
   *
   * @param phases its new ones; empty unless that is what is done
   */
  public record Steered(ReleaseId release, Act act, List<Phase> phases) {
    public Steered {
      phases = List.copyOf(phases);
    }

    /** What can be tried. */
    public enum Act {
      /** Of a draft, or of what was withdrawn. */
      PUBLISH,
      HALT,
      RESUME,
      PHASES
    }
  }

  public Uni<Outcome> run(Change change) {
    Instant at = change.at().orElseGet(clock::instant);
    return store
        .loadProduct(change.product())
        .chain(
            content -> {
              Draft.Outcome changed = changed(content, change, at);
              return changed instanceof Draft.Outcome.As as
                  ? simulate(content.orElseThrow(), as.content(), at)
                  : Uni.createFrom().item(refusal(changed));
            });
  }

  private static Outcome refusal(Draft.Outcome changed) {
    if (changed instanceof Draft.Outcome.Unknown) {
      return new Outcome.UnknownRelease();
    } else if (changed instanceof Draft.Outcome.WrongState) {
      return new Outcome.WrongState();
    } else if (changed instanceof Draft.Outcome.As) {
      throw new IllegalStateException("it was not refused");
    }
    throw new ForgottenCase(changed);
  }

  private static Draft.Outcome changed(
      Optional<CatalogueStore.Content> content, Change change, Instant at) {
    List<UnaryOperator<Draft.Outcome>> acts = new ArrayList<>();
    change
        .draft()
        .ifPresent(
            draft ->
                acts.add(
                    then(
                        so ->
                            change.finished()
                                ? Draft.finished(so, draft, at)
                                : Draft.published(so, draft, at))));
    change.withdraw().ifPresent(id -> acts.add(then(so -> Draft.withdrawn(so, id))));
    change.steered().forEach(one -> acts.add(then(so -> Draft.steered(so, one, at))));
    Draft.Outcome outcome =
        content.<Draft.Outcome>map(Draft.Outcome.As::new).orElseGet(Draft.Outcome.Unknown::new);
    for (UnaryOperator<Draft.Outcome> act : acts) {
      outcome = act.apply(outcome);
    }
    return outcome;
  }

  /** One thing after the other, until one cannot be done. */
  private static UnaryOperator<Draft.Outcome> then(
      Function<Optional<CatalogueStore.Content>, Draft.Outcome> act) {
    return before ->
        before instanceof Draft.Outcome.As as ? act.apply(Optional.of(as.content())) : before;
  }

  private Uni<Outcome> simulate(
      CatalogueStore.Content before, CatalogueStore.Content after, Instant at) {
    String product = before.products().keySet().iterator().next().id();
    return Offload.run(
            () -> new Simulation(compiled(before), compiled(after), before.channels(), at))
        .chain(
            simulation ->
                isOfOne(before, at) || isOfOne(after, at)
                    ? overFleet(product, simulation)
                    : groups.run(product, simulation))
        .chain(result -> gate.check(after).map(found -> new Outcome.Simulated(at, result, found)));
  }

  /** Whether an answer may depend on the single device. */
  private static boolean isOfOne(CatalogueStore.Content content, Instant at) {
    return content.products().values().stream()
        .anyMatch(releases -> Uncounted.matters(releases, at));
  }

  private static ProductReleases compiled(CatalogueStore.Content content) {
    Map.Entry<Product, List<Release>> product = content.products().entrySet().iterator().next();
    return ProductReleases.of(product.getKey(), product.getValue());
  }

  /** Page by page: no more of the fleet is held at a time. */
  private Uni<Simulation.Result> overFleet(String product, Simulation simulation) {
    String[] after = {""};
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                fleet
                    .page(product, after[0], PAGE)
                    .chain(
                        page ->
                            Offload.run(
                                () -> {
                                  page.forEach(simulation::add);
                                  if (!page.isEmpty()) {
                                    after[0] = page.get(page.size() - 1).deviceId();
                                  }
                                  return page.size();
                                })))
        .whilst(size -> size == PAGE)
        .collect()
        .last()
        .map(last -> simulation.result());
  }

  /** What came of a trial. */
  public sealed interface Outcome {
    /**
     * What the change comes to.
     *
     * @param at the moment for which it was decided
     * @param findings of the linter, with the change
     */
    record Simulated(Instant at, Simulation.Result result, List<Finding> findings)
        implements Outcome {
      public Simulated {
        findings = List.copyOf(findings);
      }
    }

    record UnknownRelease() implements Outcome {}

    /** What is to be published is no draft, or what is to be withdrawn is not published. */
    record WrongState() implements Outcome {}
  }
}
