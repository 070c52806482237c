package io.towncrier.delivery.getui;

import io.towncrier.delivery.DeliveryResult;

/** The code of a result, for those who sent nothing and want to say what Getui answered. */
final class ResultCode implements DeliveryResult.Cases<String> {
  private static final ResultCode ASKED = new ResultCode();

  private ResultCode() {}

  static String of(DeliveryResult result) {
    return result.on(ASKED);
  }

  @Override
  public String accepted(DeliveryResult.Accepted result) {
    return result.outcome();
  }

  @Override
  public String addressGone(DeliveryResult.AddressGone result) {
    return result.code();
  }

  @Override
  public String addressIdle(DeliveryResult.AddressIdle result) {
    return result.code();
  }

  @Override
  public String tryLater(DeliveryResult.TryLater result) {
    return result.code();
  }

  @Override
  public String quotaExceeded(DeliveryResult.QuotaExceeded result) {
    return result.code();
  }

  @Override
  public String platformRefused(DeliveryResult.PlatformRefused result) {
    return result.code();
  }

  @Override
  public String noticeRefused(DeliveryResult.NoticeRefused result) {
    return result.code();
  }

  @Override
  public String providerRefused(DeliveryResult.ProviderRefused result) {
    return result.code();
  }

  @Override
  public String notSent(DeliveryResult.NotSent result) {
    return result.outcome();
  }
}
