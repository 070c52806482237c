package io.towncrier.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.preferences.Category;
import java.time.Duration;

/** How the outbox is drained. */
@ConfigMapping(prefix = "towncrier.delivery")
public interface DeliveryConfig {
  /** For how long a claim holds; the longest that a crashed sender can delay an opt-out. */
  @WithDefault("45s")
  Duration lease();

  /** For how long a change that forbids pushes waits for those under way; then 503. */
  @WithDefault("20s")
  Duration fenceWait();

  /**
   * How many deliveries are claimed in one transaction. Everything that is claimed is under way at
   * once: nothing waits in memory for its turn while somebody waits for its lease.
   */
  @WithDefault("250")
  int batch();

  /** How many deliveries an instance has under way at most; a restart repeats no more. */
  @WithDefault("1000")
  int inFlight();

  /** In Lambda: how many deliveries one message of the queue stands for. */
  @WithDefault("1000")
  int shard();

  /** The quota of the push provider's project, for all instances together. */
  @WithDefault("600000")
  long quotaPerMinute();

  /** The share of the quota that is kept for security incidents. */
  @WithDefault("0.2")
  double urgentShare();

  /** In which the pace grows to the quota. */
  @WithDefault("60s")
  Duration rampUp();

  /** For how long the provider may hold a push: what is accepted outlives an opt-out by that. */
  Ttl ttl();

  /** As the bounds of the pace. */
  default Limits limits() {
    return Limits.ofNotices(quotaPerMinute(), urgentShare(), rampUp());
  }

  /** As the bounds of what strangers cause; together with the others they are the quota. */
  default Limits challengeLimits() {
    return Limits.ofChallenges(quotaPerMinute());
  }

  /** By category; at most as long as the notice itself is to be sent. */
  interface Ttl {
    @WithDefault("6h")
    Duration firmwareUpdate();

    @WithDefault("6h")
    Duration appUpdate();

    @WithDefault("12h")
    Duration security();

    @WithDefault("24h")
    Duration policy();

    @WithDefault("4h")
    Duration announcement();

    default Duration of(Category category) {
      return switch (category) {
        case FIRMWARE_UPDATE -> firmwareUpdate();
        case APP_UPDATE -> appUpdate();
        case SECURITY -> security();
        case POLICY -> policy();
        case ANNOUNCEMENT -> announcement();
      };
    }
  }
}
