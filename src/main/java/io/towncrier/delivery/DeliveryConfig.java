package io.towncrier.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.preferences.Category;
import java.time.Duration;

/** How pushes are claimed, paced and sent. */
@ConfigMapping(prefix = "towncrier.delivery")
public interface DeliveryConfig {
  /** How long a claim holds: the longest time by which a crashed sender can delay an opt-out. */
  @WithDefault("45s")
  Duration lease();

  /**
   * How long a change that forbids pushes waits for pushes in flight. Then it answers 503 {@code
   * not-yet-effective}, and the same request goes on waiting.
   */
  @WithDefault("20s")
  Duration fenceWait();

  /**
   * How many deliveries are claimed in one transaction. All of them are in flight at once: none
   * waits in memory while somebody waits for its lease.
   */
  @WithDefault("250")
  int batch();

  /** How many deliveries an instance has in flight at most. A restart repeats no more than that. */
  @WithDefault("1000")
  int inFlight();

  /** Functions only: how many deliveries one message of the queue {@code deliver} stands for. */
  @WithDefault("1000")
  int shard();

  /**
   * The quota of a push provider's project a minute, for all instances together. Getui has one of
   * its own.
   */
  @WithDefault("600000")
  long quotaPerMinute();

  /** The share of the quota that is kept for security incidents. */
  @WithDefault("0.2")
  double urgentShare();

  /** In which time the pace grows to the quota. */
  @WithDefault("60s")
  Duration rampUp();

  /** For how long the provider may hold a push: what is accepted outlives an opt-out by that. */
  Ttl ttl();

  /** The quota of a provider. */
  default long quotaOf(PushProvider provider) {
    return provider.quotaPerMinute().orElse(quotaPerMinute());
  }

  /** As the bounds of a pace, where the provider has no quota of its own. */
  default Limits limits() {
    return Limits.ofNotices(quotaPerMinute(), urgentShare(), rampUp());
  }

  /** As the bounds of the pace of a provider. */
  default Limits limitsOf(PushProvider provider) {
    return Limits.ofNotices(quotaOf(provider), urgentShare(), rampUp());
  }

  /** As the bounds of what strangers cause; together with the others they are the quota. */
  default Limits challengeLimitsOf(PushProvider provider) {
    return Limits.ofChallenges(quotaOf(provider));
  }

  /** By category; at most as long as the notice itself is to be sent. */
  interface Ttl {
    /** How long the provider may hold a push about firmware. */
    @WithDefault("6h")
    Duration firmwareUpdate();

    /** How long the provider may hold a push about an app. */
    @WithDefault("6h")
    Duration appUpdate();

    /** How long the provider may hold a push about a security incident. */
    @WithDefault("12h")
    Duration security();

    /** How long the provider may hold a push about a policy. */
    @WithDefault("24h")
    Duration policy();

    /** How long the provider may hold an announcement. */
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
