package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a device runs the version of the notice already, or a newer one. */
@ApplicationScoped
public class AlreadyInstalled {
  private final CurrentSnapshot snapshots;

  AlreadyInstalled(CurrentSnapshot snapshots) {
    this.snapshots = snapshots;
  }

  /** By the order of the product's versions, as it is now. */
  public Uni<Predicate<News>> now() {
    return snapshots.get().map(snapshot -> news -> isOld(snapshot, news));
  }

  private static boolean isOld(Snapshot snapshot, News news) {
    return news.version().equals(news.installed())
        || snapshot
            .of(news.product())
            .map(ProductReleases::order)
            .filter(order -> isOld(order, news))
            .isPresent();
  }

  private static boolean isOld(VersionOrder order, News news) {
    Optional<Version> told = order.read(news.version());
    Optional<Version> installed = order.read(news.installed());
    return told.isPresent() && installed.isPresent() && installed.get().compareTo(told.get()) >= 0;
  }

  /**
   * An update that a notice offered to a device.
   *
   * @param installed on the device that it is for
   */
  public record News(String product, String version, String installed) {}
}
