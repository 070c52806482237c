package io.towncrier.delivery.recall;

import io.towncrier.delivery.DeliveryResult;
import java.time.Duration;
import java.util.Optional;

/** What a provider made of a recall. */
public sealed interface RecallOutcome {
  /** What the recall has come to with it. */
  RecallState state();

  /** The provider's code, or ours; empty where there is nothing to say. */
  default Optional<String> why() {
    return Optional.empty();
  }

  /** When it is tried again; empty when it is not. */
  default Optional<Duration> again() {
    return Optional.empty();
  }

  /**
   * What became of a push that was called back at two addresses. What is tried again at one is
   * tried again; else the better of both is told.
   */
  default RecallOutcome together(RecallOutcome other) {
    return state().compareTo(other.state()) <= 0 ? this : other;
  }

  /** As the answer to a message that calls back: that it was taken does not say what was shown. */
  static RecallOutcome of(DeliveryResult result) {
    return result.on(OfMessage.CASES);
  }

  /** It is not shown any more: the provider says so. */
  record Recalled() implements RecallOutcome {
    @Override
    public RecallState state() {
      return RecallState.RECALLED;
    }
  }

  /** The recall was taken. */
  record Unknown() implements RecallOutcome {
    @Override
    public RecallState state() {
      return RecallState.UNKNOWN;
    }
  }

  /** It cannot be called back. */
  record CouldNot(String reason) implements RecallOutcome {
    @Override
    public RecallState state() {
      return RecallState.COULD_NOT;
    }

    @Override
    public Optional<String> why() {
      return Optional.of(reason);
    }
  }

  /**
   * Something that passes.
   *
   * @param asksForPatience whether the provider wants to be asked nothing for a while; else it is
   *     about this push alone
   */
  record Later(String reason, Duration after, boolean asksForPatience) implements RecallOutcome {
    @Override
    public RecallState state() {
      return RecallState.WAITING;
    }

    @Override
    public Optional<String> why() {
      return Optional.of(reason);
    }

    @Override
    public Optional<Duration> again() {
      return Optional.of(after);
    }
  }

  /** One for each result of a message. */
  final class OfMessage implements DeliveryResult.Cases<RecallOutcome> {
    private static final OfMessage CASES = new OfMessage();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private OfMessage() {}

    @Override
    public RecallOutcome accepted(DeliveryResult.Accepted result) {
      return new Unknown();
    }

    @Override
    public RecallOutcome addressGone(DeliveryResult.AddressGone result) {
      return new CouldNot(result.code());
    }

    @Override
    public RecallOutcome addressIdle(DeliveryResult.AddressIdle result) {
      return new CouldNot(result.code());
    }

    @Override
    public RecallOutcome tryLater(DeliveryResult.TryLater result) {
      return new Later(
          result.code(), result.retryAfter().orElse(SOON), result.retryAfter().isPresent());
    }

    @Override
    public RecallOutcome quotaExceeded(DeliveryResult.QuotaExceeded result) {
      return new Later(result.code(), result.retryAfter().orElse(A_MINUTE), true);
    }

    @Override
    public RecallOutcome platformRefused(DeliveryResult.PlatformRefused result) {
      return new Later(result.code(), A_MINUTE, false);
    }

    @Override
    public RecallOutcome noticeRefused(DeliveryResult.NoticeRefused result) {
      return new CouldNot(result.code());
    }

    @Override
    public RecallOutcome providerRefused(DeliveryResult.ProviderRefused result) {
      return new Later(result.code(), A_MINUTE, true);
    }

    @Override
    public RecallOutcome notSent(DeliveryResult.NotSent result) {
      return new Later("lease-nearly-over", SOON, false);
    }
  }
}
