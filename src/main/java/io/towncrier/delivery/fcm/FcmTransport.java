package io.towncrier.delivery.fcm;

import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages to FCM. It holds the fence's last check, and hands every refusal to us as it is:
 * firebase-admin would sleep and repeat a 503, fetch six tokens for a 401, and fail on a status it
 * does not know (contract fcm-v1).
 */
final class FcmTransport extends JdkTransport {
  private static final int OK = 200;

  private final URI endpoint;
  private final Duration timeout;

  @SuppressWarnings("ThreadLocalUsage") // One transport a process; emptied after each message.
  private final ThreadLocal<@Nullable Lease> lease = new ThreadLocal<>();

  FcmTransport(FcmConfig config) {
    super(config);
    this.endpoint = config.endpoint();
    this.timeout = config.requestTimeout();
  }

  /** The lease under which this thread sends until {@link #release}. */
  void hold(Lease held) {
    lease.set(held);
  }

  void release() {
    lease.remove();
  }

  @Override
  URI target(String url) {
    URI original = URI.create(url);
    return endpoint.resolve(original.getRawPath());
  }

  @Override
  void beforeWrite() throws IOException {
    Lease held = lease.get();
    if (held == null || !held.leaves(timeout)) {
      throw new LeaseOver();
    }
  }

  @Override
  void afterAnswer(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != OK || FcmAnswers.name(answer.body()).isEmpty()) {
      throw new Refusal(answer);
    }
  }

  /** What became of a message without an answer: only the first was certainly not delivered. */
  static String lossOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof SSLHandshakeException) {
        return "UNREACHABLE";
      }
      if (cause instanceof HttpTimeoutException) {
        return "TIMEOUT";
      }
    }
    return "CONNECTION_LOST";
  }

  /** Nothing was written. */
  static final class LeaseOver extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The answer is not that the message was accepted. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient HttpResponse<byte[]> answer;

    Refusal(HttpResponse<byte[]> answer) {
      super("HTTP " + answer.statusCode());
      this.answer = answer;
    }

    HttpResponse<byte[]> answer() {
      return answer;
    }
  }
}
