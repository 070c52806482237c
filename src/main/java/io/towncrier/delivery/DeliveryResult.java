package io.towncrier.delivery;

import java.time.Duration;
import java.util.Optional;

/** What a provider made of one message. */
public sealed interface DeliveryResult {
  /**
   * Asks the case of this result. A new result needs a new case, and then nothing compiles that
   * does not answer it.
   */
  <T> T on(Cases<T> cases);

  /** The name of this kind of result in metrics and logs. */
  String outcome();

  /** One answer for each result. */
  interface Cases<T> {
    T accepted(Accepted result);

    T addressGone(AddressGone result);

    T addressIdle(AddressIdle result);

    T tryLater(TryLater result);

    T quotaExceeded(QuotaExceeded result);

    T platformRefused(PlatformRefused result);

    T noticeRefused(NoticeRefused result);

    T providerRefused(ProviderRefused result);

    T notSent(NotSent result);
  }

  /**
   * The provider took it. That is not the same as displayed: it may hold it up to its TTL.
   *
   * @param name the provider's name for it
   */
  record Accepted(String name) implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.accepted(this);
    }

    @Override
    public String outcome() {
      return "accepted";
    }
  }

  /** The address reaches nobody any more. */
  record AddressGone(String code) implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.addressGone(this);
    }

    @Override
    public String outcome() {
      return "address-gone";
    }
  }

  /**
   * The provider has not seen the app at this address for very long, and sent nothing. Whether the
   * address is dropped is a matter of when the device was here.
   */
  record AddressIdle(String code) implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.addressIdle(this);
    }

    @Override
    public String outcome() {
      return "address-idle";
    }
  }

  /**
   * Something that passes.
   *
   * @param mayBeTaken whether it may have been delivered all the same; else the provider said that
   *     it did not take it
   */
  record TryLater(String code, Optional<Duration> retryAfter, boolean mayBeTaken)
      implements DeliveryResult {
    /** It may have been delivered all the same. */
    public TryLater(String code, Optional<Duration> retryAfter) {
      this(code, retryAfter, true);
    }

    @Override
    public <T> T on(Cases<T> cases) {
      return cases.tryLater(this);
    }

    @Override
    public String outcome() {
      return "try-later";
    }
  }

  /**
   * Too much was sent: everybody who sends slows down, not this message alone.
   *
   * @param retryAfter what the provider asks for
   */
  record QuotaExceeded(String code, Optional<Duration> retryAfter) implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.quotaExceeded(this);
    }

    @Override
    public String outcome() {
      return "quota-exceeded";
    }
  }

  /** The provider reaches no device of this one's platform for us, such as every iPhone. */
  record PlatformRefused(String code) implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.platformRefused(this);
    }

    @Override
    public String outcome() {
      return "platform-refused";
    }
  }

  /** The message itself is wrong, so every other of its notice is too. */
  record NoticeRefused(String code) implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.noticeRefused(this);
    }

    @Override
    public String outcome() {
      return "notice-refused";
    }
  }

  /** Our credentials are wrong, or the provider is switched off for us. */
  record ProviderRefused(String code) implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.providerRefused(this);
    }

    @Override
    public String outcome() {
      return "provider-refused";
    }
  }

  /** The lease was nearly over, so it was not sent at all. */
  record NotSent() implements DeliveryResult {
    @Override
    public <T> T on(Cases<T> cases) {
      return cases.notSent(this);
    }

    @Override
    public String outcome() {
      return "not-sent";
    }
  }
}
