package io.towncrier.devices.address;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import java.time.Duration;
import java.util.Map;

/**
 * Pushes challenges to addresses that are not trusted yet. Not through the outbox: a challenge is
 * asked for by the device itself, is never shown, and is worth nothing a few minutes later.
 */
public interface ChallengePusher {
  /** Begins a turn; before the transaction that records its lease, so that it ends no later. */
  Turn begin();

  /** One challenge under a lease: it is not written unless the lease leaves the time for it. */
  interface Turn {
    Duration lease();

    /** Once, and never again by itself; never fails, every error is a result. */
    Uni<Result> push(Challenge challenge);
  }

  /**
   * What is pushed.
   *
   * @param deviceId for the console; never part of what is sent
   * @param nonce what the device is to echo
   * @param ttl for how long the provider may hold it
   */
  record Challenge(String deviceId, PushAddress address, Secret nonce, Duration ttl) {
    /** What the app is given, by name. */
    public Map<String, String> data() {
      return Map.of("challenge", nonce.reveal(), "kind", "challenge");
    }
  }

  /** What the provider made of it. */
  enum Result {
    PUSHED,
    /** The address reaches nobody. */
    UNKNOWN_ADDRESS,
    /** Maybe it was pushed all the same. */
    UNAVAILABLE
  }
}
