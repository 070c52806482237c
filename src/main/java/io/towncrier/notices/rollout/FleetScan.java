package io.towncrier.notices.rollout;

import io.towncrier.notices.pacing.PacedTimes;
import io.towncrier.platform.Ids;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.updates.Fleet;
import io.towncrier.updates.decision.ProductReleases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One walk through the fleet of a product, and how far it is. */
final class FleetScan {
  private final String id = Ids.next("wlk");
  private final ProductReleases releases;
  private final Stage known;
  private final NewlyEligible eligible;
  private final Instant now;
  private final Map<String, PacedTimes> times = new HashMap<>();
  private String after = "";
  private long planned;

  /**
   * Begins with the first device.
   *
   * @param known the stage that was announced
   */
  FleetScan(ProductReleases releases, Channels channels, Stage known, Instant now) {
    this.releases = releases;
    this.known = known;
    this.eligible = new NewlyEligible(releases, channels, known.since(), now);
    this.now = now;
  }

  String id() {
    return id;
  }

  String product() {
    return about().id();
  }

  Product about() {
    return releases.product();
  }

  Stage known() {
    return known;
  }

  /** The stage that is announced. */
  Stage next() {
    return new Stage(Stage.textAt(releases, now), known.since());
  }

  Instant now() {
    return now;
  }

  /** Where the next page begins. */
  String after() {
    return after;
  }

  long planned() {
    return planned;
  }

  void passed(List<Fleet.Member> members) {
    if (!members.isEmpty()) {
      after = members.get(members.size() - 1).deviceId();
    }
  }

  void add(int more) {
    planned += Math.max(0, more);
  }

  Optional<PacedTimes> timesOf(Release release) {
    return Optional.ofNullable(times.get(release.version()));
  }

  PacedTimes begin(Release release, PacedTimes first) {
    times.put(release.version(), first);
    return first;
  }

  /** Which updates these devices are notified of. */
  Collection<News> newsOf(List<Fleet.Member> members) {
    Map<String, News> found = new LinkedHashMap<>();
    for (Fleet.Member member : members) {
      eligible
          .of(member)
          .ifPresent(
              release ->
                  found
                      .computeIfAbsent(
                          release.version(), version -> new News(release, new ArrayList<>()))
                      .members
                      .add(member));
    }
    return found.values();
  }

  /** A release, and those of a page to whom it has come. */
  record News(Release release, List<Fleet.Member> members) {}
}
