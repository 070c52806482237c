package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.vendors.QuotaAnswer;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends pushes. */
public interface PushProvider {
  /** Whether this provider is to be used, by configuration. */
  boolean isConfigured();

  /** Whether it stands in for each provider that is not configured. */
  default boolean isFallback() {
    return false;
  }

  /** As push addresses name it. */
  default String name() {
    return "fcm";
  }

  /** Names the quota and the credential that it pushes with. Never fails. */
  default AccountId account() {
    return new AccountId("push", "none");
  }

  /** Its quota, where it is not {@link DeliveryConfig#quotaPerMinute}. */
  default OptionalLong quotaPerMinute() {
    return OptionalLong.empty();
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

  /** Whether it tells what vendors of phones let us push. */
  default boolean tellsQuotas() {
    return false;
  }

  /** Asks for that. */
  default Uni<QuotaAnswer> quotas() {
    return Uni.createFrom().item(new QuotaAnswer.Told(List.of()));
  }

  /**
   * Sends one message, once: right before the write it looks whether the lease still leaves the
   * time that the request may take. Never fails; every error is a result.
   */
  Uni<DeliveryResult> send(PushMessage message, Lease lease);

  /** As send, but for the app itself: nothing of it is shown. */
  Uni<DeliveryResult> challenge(Challenge challenge, Lease lease);
}
