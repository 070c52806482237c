package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.releases.WouldTell;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** All devices of a product, and the phones of its routers' accounts: none more is told. */
@ApplicationScoped
class CountTold implements WouldTell {
  /** So many links of accounts are looked at; with more, any phone may be told. */
  private static final int LINKS = 100_000;

  private final FleetCounts counts;
  private final ToldPhones phones;
  private final RolloutNoticesConfig config;

  CountTold(FleetCounts counts, ToldPhones phones, RolloutNoticesConfig config) {
    this.counts = counts;
    this.phones = phones;
    this.config = config;
  }

  @Override
  public Uni<Long> atMost(String product) {
    if (!config.enabled()) {
      return Uni.createFrom().item(0L);
    }
    FleetFilter ofProduct = FleetFilter.ALL.with(Axis.PRODUCT, product);
    return phones
        .ownKind(product)
        .chain(
            own ->
                own.isEmpty()
                    ? Uni.createFrom().item(0L)
                    : count(ofProduct, own.get())
                        .chain(
                            devices ->
                                phonesOfRouters(product, ofProduct)
                                    .map(through -> devices + through)));
  }

  private Uni<Long> phonesOfRouters(String product, FleetFilter ofProduct) {
    return count(ofProduct, Device.Kind.ROUTER)
        .chain(
            routers ->
                routers == 0
                    ? Uni.createFrom().item(0L)
                    : phones
                        .ofRouters(product, LINKS)
                        .chain(
                            found ->
                                found.all()
                                    ? Uni.createFrom().item(found.counted())
                                    : count(FleetFilter.ALL, Device.Kind.PHONE)));
  }

  private Uni<Long> count(FleetFilter filter, Device.Kind kind) {
    return counts
        .groups(List.of(Axis.KIND), filter.with(Axis.KIND, kind.name()))
        .map(groups -> groups.stream().mapToLong(FleetCounts.Group::devices).sum());
  }
}
