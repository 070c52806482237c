package io.towncrier.delivery;

import java.time.Duration;
import java.util.Optional;

/** What a provider made of one message. */
public sealed interface DeliveryResult {
  /**
   * The provider took it. That is not the same as displayed: it may hold it up to its TTL.
   *
   * @param name the provider's name for it
   */
  record Accepted(String name) implements DeliveryResult {}

  /** The address reaches nobody any more. */
  record AddressGone(String code) implements DeliveryResult {}

  /** Something that passes; maybe it was delivered all the same. */
  record TryLater(String code, Optional<Duration> retryAfter) implements DeliveryResult {}

  /**
   * Too much was sent: everybody who sends slows down, not this message alone.
   *
   * @param retryAfter what the provider asks for
   */
  record QuotaExceeded(String code, Optional<Duration> retryAfter) implements DeliveryResult {}

  /** The provider reaches no device of this one's platform for us, such as every iPhone. */
  record PlatformRefused(String code) implements DeliveryResult {}

  /** The message itself is wrong, so every other of its notice is too. */
  record NoticeRefused(String code) implements DeliveryResult {}

  /** Our credentials are wrong, or the provider is switched off for us. */
  record ProviderRefused(String code) implements DeliveryResult {}

  /** The lease was nearly over, so it was not sent at all. */
  record NotSent() implements DeliveryResult {}
}
