package io.towncrier.delivery.fcm;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.credentials.AccountFile;
import java.util.Optional;

/** What it means when there is no access token. */
final class TokenFailures {
  static final DeliveryResult LATER = new DeliveryResult.TryLater("NO_TOKEN", Optional.empty());

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY = 429;

  private TokenFailures() {}

  /**
   * The result of a message that got no token.
   *
   * @return empty when the failure is another
   */
  static Optional<DeliveryResult> resultOf(
      Throwable failure, AccountFile<ServiceAccount> accounts, ServiceAccount account) {
    if (!isAboutTokens(failure)) {
      return Optional.empty();
    }
    return Optional.of(isRefusal(failure) ? accounts.refused(account) : LATER);
  }

  // The token endpoint wants nothing of this key, now or later.
  private static boolean isRefusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer) {
        int status = answer.getStatusCode();
        return status / 100 == 4 && status != REQUEST_TIMEOUT && status != TOO_MANY;
      }
    }
    return false;
  }

  // Google's exception for it is not public, and this interface is on no other.
  private static boolean isAboutTokens(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Retryable) {
        return true;
      }
    }
    return false;
  }
}
