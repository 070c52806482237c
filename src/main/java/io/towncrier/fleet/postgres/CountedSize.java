package io.towncrier.fleet.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.releases.reach.FleetSize;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The devices of a product, from the counts. */
@ApplicationScoped
class CountedSize implements FleetSize {
  private final FleetCounts counts;

  CountedSize(FleetCounts counts) {
    this.counts = counts;
  }

  @Override
  public Uni<Long> of(String product) {
    return counts
        .groups(List.of(Axis.PRODUCT), FleetFilter.ALL.with(Axis.PRODUCT, product))
        .map(groups -> groups.stream().mapToLong(FleetCounts.Group::devices).sum());
  }

  @Override
  public Uni<Map<String, Long>> ofEach() {
    return counts
        .groups(List.of(Axis.PRODUCT), FleetFilter.ALL)
        .map(
            groups ->
                groups.stream()
                    .collect(
                        Collectors.toMap(
                            group -> group.values().get(0), FleetCounts.Group::devices)));
  }

  @Override
  public Uni<Map<String, Long>> naming(Set<String> channels) {
    return counts
        .groups(List.of(Axis.PRODUCT, Axis.CHANNEL), FleetFilter.ALL)
        .map(
            groups ->
                groups.stream()
                    .filter(group -> channels.contains(group.values().get(1)))
                    .collect(
                        Collectors.groupingBy(
                            group -> group.values().get(0),
                            Collectors.summingLong(FleetCounts.Group::devices))));
  }
}
