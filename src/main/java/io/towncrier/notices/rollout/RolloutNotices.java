package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.targeting.LocalZones;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps how far rollouts were told of, and plans the deliveries. */
public interface RolloutNotices {
  /** By product, as they were last told of. */
  Uni<Map<String, Stage>> stages();

  /** A product is seen for the first time. */
  Uni<Void> begin(Map<String, Stage> stages);

  /** Locks the stage of a product until the transaction ends. */
  Uni<Optional<Stage>> lock(String product);

  Uni<Void> save(String product, Stage stage);

  /** The notice that tells of a release, if there is one. */
  Uni<Optional<String>> noticeOf(String product, String version);

  Uni<Void> remember(String product, String version, String notice);

  /** Phones that share an account with these routers. */
  Uni<List<Phone>> phonesOf(List<String> routers);

  /**
   * Plans deliveries; a device that has one of the notice keeps it.
   *
   * @return how many are new
   */
  Uni<Integer> plan(String notice, List<Told> told);

  /**
   * Puts what waits of a notice one behind the other, none before its moment.
   *
   * @param step between two
   * @return when the last is due
   */
  Uni<Instant> spread(String notice, Duration step);

  /**
   * A phone, and a router of its account.
   *
   * @param zones that it may be in: those of its country when its own is not known
   */
  record Phone(String router, String id, LocalZones zones) {}

  /**
   * A device that is told of an update.
   *
   * @param about the router that the update is for, when it is not the device
   */
  record Told(String device, Optional<String> about, Instant notBefore) {}
}
