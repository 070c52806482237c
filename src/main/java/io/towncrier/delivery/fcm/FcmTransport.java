package io.towncrier.delivery.fcm;

import io.towncrier.delivery.Lease;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages to FCM. It holds the fence's last check, and hands every refusal to us as it is:
 * firebase-admin would sleep and repeat a 503, fetch six tokens for a 401, and fail on a status it
 * does not know (contract fcm-v1).
 */
final class FcmTransport extends JdkTransport {
  private final URI endpoint;
  private final Duration timeout;

  @SuppressWarnings("ThreadLocalUsage") // One transport a process; emptied after each message.
  private final ThreadLocal<@Nullable Lease> lease = new ThreadLocal<>();

  FcmTransport(URI endpoint, Duration timeout) {
    super(timeout);
    this.endpoint = endpoint;
    this.timeout = timeout;
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
    if (answer.statusCode() / 100 != 2) {
      throw new Refusal(answer);
    }
  }

  /** Nothing was written. */
  static final class LeaseOver extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** FCM answered with something else than 200. */
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
