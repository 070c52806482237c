package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.halts.HaltCell;
import io.towncrier.platform.Page;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists releases with how far they are: their rollout, and the devices that report them. */
@ApplicationScoped
public class ListReleases {
  private final SummaryStore summaries;
  private final ReleaseStore releases;
  private final FleetCounts fleet;
  private final HaltCell halts;
  private final InstantSource clock;

  ListReleases(
      SummaryStore summaries,
      ReleaseStore releases,
      FleetCounts fleet,
      HaltCell halts,
      InstantSource clock) {
    this.summaries = summaries;
    this.releases = releases;
    this.fleet = fleet;
    this.halts = halts;
    this.clock = clock;
  }

  public Uni<Page<Line>> run(SummaryStore.ReleaseFilter filter, Sorted<ReleaseId> request) {
    Instant now = clock.instant();
    return summaries
        .releases(filter, request)
        .chain(
            page -> {
              List<ReleaseId> ids = page.items(SummaryStore.Named::id);
              return installed(ids)
                  .chain(
                      installed ->
                          halts
                              .now()
                              .chain(
                                  standing ->
                                      releases
                                          .all(ids)
                                          .map(
                                              found ->
                                                  lines(
                                                      page,
                                                      byId(found),
                                                      installed,
                                                      standing,
                                                      now))));
            });
  }

  private static Map<ReleaseId, ReleaseStore.Stored> byId(List<ReleaseStore.Stored> found) {
    return found.stream().collect(Collectors.toMap(ReleaseStore.Stored::id, Function.identity()));
  }

  /** What was deleted since the page was read is left out. */
  private static Page<Line> lines(
      Page<SummaryStore.Named> page,
      Map<ReleaseId, ReleaseStore.Stored> found,
      Installed installed,
      HaltCell.Standing standing,
      Instant now) {
    List<Line> lines =
        page.items().stream()
            .flatMap(
                named ->
                    Optional.ofNullable(found.get(named.id()))
                        .map(
                            stored ->
                                new Line(
                                    named,
                                    stored,
                                    MovingRollout.standing(
                                        named.id(), stored.release(), standing.rollouts(), now),
                                    installed.of(named.id()),
                                    installed.ofProduct(named.id().product())))
                        .stream())
            .toList();
    return new Page<>(lines, page.more(), page.counted());
  }

  private Uni<Installed> installed(List<ReleaseId> ids) {
    List<String> products = ids.stream().map(ReleaseId::product).distinct().toList();
    return products.isEmpty()
        ? Uni.createFrom().item(new Installed(Map.of(), Map.of()))
        : fleet
            .groups(
                List.of(Axis.PRODUCT, Axis.VERSION), FleetFilter.ALL.with(Axis.PRODUCT, products))
            .map(Installed::of);
  }

  /**
   * A release in a line.
   *
   * @param installed how many registered devices report it
   * @param devices how many of its product there are
   */
  public record Line(
      SummaryStore.Named named,
      ReleaseStore.Stored stored,
      MovingRollout rollout,
      long installed,
      long devices) {
    /** The heading of its notes in the language of the product. */
    public String title() {
      return stored
          .release()
          .content()
          .notes()
          .pick(Optional.empty(), named.language())
          .text()
          .title();
    }
  }

  /** How many devices report what. */
  private record Installed(Map<ReleaseId, Long> byRelease, Map<String, Long> byProduct) {
    static Installed of(List<FleetCounts.Group> groups) {
      Map<ReleaseId, Long> byRelease = new HashMap<>();
      Map<String, Long> byProduct = new HashMap<>();
      for (FleetCounts.Group group : groups) {
        String product = group.values().get(0);
        byRelease.merge(new ReleaseId(product, group.values().get(1)), group.devices(), Long::sum);
        byProduct.merge(product, group.devices(), Long::sum);
      }
      return new Installed(byRelease, byProduct);
    }

    long of(ReleaseId release) {
      return byRelease.getOrDefault(release, 0L);
    }

    long ofProduct(String product) {
      return byProduct.getOrDefault(product, 0L);
    }
  }
}
