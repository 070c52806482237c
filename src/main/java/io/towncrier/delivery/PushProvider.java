package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.devices.ChallengePusher.Challenge;
import java.util.Optional;

/** Sends pushes. */
public interface PushProvider {
  /** Whether this provider is to be used, by configuration; the console is the fallback. */
  boolean isConfigured();

  /** Names the quota and the credential that it pushes with. Never fails. */
  default AccountId account() {
    return new AccountId("push", "none");
  }

  /**
   * Where pushes go, for the operator.
   *
   * @throws IllegalStateException when its configuration cannot work, saying why
   */
  String description();

  /** What keeps everything from being sent, as far as it is known; may read files. */
  default Optional<String> defect() {
    return Optional.empty();
  }

  /**
   * Sends one message, once: right before the write it looks whether the lease still leaves the
   * time that the request may take. Never fails; every error is a result.
   */
  Uni<DeliveryResult> send(PushMessage message, Lease lease);

  /** As send, but for the app itself: nothing of it is shown. */
  Uni<DeliveryResult> challenge(Challenge challenge, Lease lease);
}
