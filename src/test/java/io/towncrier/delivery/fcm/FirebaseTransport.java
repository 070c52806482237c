package io.towncrier.delivery.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages to FCM. It holds the fence's last check, and hands every refusal to us as it is:
 * firebase-admin would sleep and repeat a 503, fetch six tokens for a 401, and fail on a status it
 * does not know (contract fcm-v1).
 */
final class FirebaseTransport extends HttpTransport {
  private final JdkTransport carrier;
  private final URI endpoint;
  private final Duration timeout;
  private final InstantSource clock;

  @SuppressWarnings("ThreadLocalUsage") // One transport a process; emptied after each message.
  private final ThreadLocal<@Nullable Lease> lease = new ThreadLocal<>();

  FirebaseTransport(FcmConfig config, InstantSource clock) {
    this.carrier = new JdkTransport(config);
    this.endpoint = config.endpoint();
    this.timeout = config.requestTimeout();
    this.clock = clock;
  }

  /** The lease under which this thread sends until {@link #release}. */
  void hold(Lease held) {
    lease.set(held);
  }

  void release() {
    lease.remove();
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    URI target = endpoint.resolve(URI.create(url).getRawPath());
    return new Request(carrier.buildRequest(method, target.toString()));
  }

  private final class Request extends LowLevelHttpRequest {
    private final LowLevelHttpRequest carried;

    Request(LowLevelHttpRequest carried) {
      this.carried = carried;
    }

    @Override
    public void addHeader(String name, String value) throws IOException {
      carried.addHeader(name, value);
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      carried.setContentType(getContentType());
      carried.setContentEncoding(getContentEncoding());
      carried.setStreamingContent(getStreamingContent());
      Lease held = lease.get();
      if (held == null || !held.leaves(timeout)) {
        throw new LeaseOver();
      }
      LowLevelHttpResponse answer = carried.execute();
      DeliveryResult result =
          FcmAnswers.resultOf(
              answer.getStatusCode(),
              header(answer, "retry-after"),
              answer.getContent().readAllBytes(),
              clock.instant());
      if (!(result instanceof DeliveryResult.Accepted)) {
        throw new Refusal(result);
      }
      return answer;
    }
  }

  private static Optional<String> header(LowLevelHttpResponse answer, String name)
      throws IOException {
    int count = answer.getHeaderCount();
    for (int i = 0; i < count; i++) {
      if (answer.getHeaderName(i).equalsIgnoreCase(name)) {
        return Optional.of(answer.getHeaderValue(i));
      }
    }
    return Optional.empty();
  }

  /** Nothing was written. */
  static final class LeaseOver extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The answer is not that the message was accepted. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient DeliveryResult result;

    Refusal(DeliveryResult result) {
      super(result.outcome());
      this.result = result;
    }

    DeliveryResult result() {
      return result;
    }
  }
}
