package io.towncrier.updates.preview;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tries a change on groups of devices that are alike, in place of one after the other. */
@ApplicationScoped
class SimulateGroups {
  /** From so many groups examples are taken, so that there are not only those of the largest. */
  private static final int SHOWN = 20;

  private final FleetFacts fleet;

  SimulateGroups(FleetFacts fleet) {
    this.fleet = fleet;
  }

  /** Only where no answer depends on what is {@link Uncounted}. */
  Uni<Simulation.Result> run(String product, Simulation simulation) {
    return fleet
        .alike(product)
        .chain(groups -> Offload.run(() -> decided(groups, simulation)))
        .chain(changed -> examples(product, changed, simulation))
        .map(done -> simulation.result());
  }

  /** The largest groups that are answered otherwise. */
  private static List<Decided> decided(List<FleetFacts.Alike> groups, Simulation simulation) {
    List<Decided> changed = new ArrayList<>();
    for (FleetFacts.Alike group : groups) {
      Simulation.Change change = simulation.add(group.facts(), group.devices());
      if (change.isNews()) {
        changed.add(new Decided(group, change));
      }
    }
    changed.sort(Comparator.comparingLong((Decided decided) -> -decided.group().devices()));
    return changed.subList(0, Math.min(SHOWN, changed.size()));
  }

  private Uni<Integer> examples(String product, List<Decided> changed, Simulation simulation) {
    int each = (Simulation.MAX_EXAMPLES + SHOWN - 1) / Math.max(1, changed.size());
    return Multi.createFrom()
        .iterable(changed)
        .onItem()
        .transformToUniAndConcatenate(
            decided ->
                fleet
                    .idsOf(product, decided.group(), each)
                    .invoke(ids -> ids.forEach(id -> simulation.addExample(id, decided.change()))))
        .collect()
        .asList()
        .map(List::size);
  }

  private record Decided(FleetFacts.Alike group, Simulation.Change change) {}
}
