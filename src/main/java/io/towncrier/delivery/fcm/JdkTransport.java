package io.towncrier.delivery.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.towncrier.delivery.FcmConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Google's HTTP port over the JDK's client, for tokens and deletions: the time-out is that of the
 * whole request, and nothing is repeated behind our back.
 */
final class JdkTransport extends HttpTransport {
  // The JDK's client sets these itself and refuses to be given them.
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final HttpClient client;
  private final Duration timeout;

  JdkTransport(FcmConfig config) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Over HTTP/2 the JDK's client loses what is under way at a GOAWAY, and fails what goes
            // beyond the server's number of streams.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER);
    config.trustCertificate().map(TrustedCertificates::read).ifPresent(builder::sslContext);
    this.client = builder.build();
    this.timeout = config.requestTimeout();
  }

  /** What became of a request without an answer: only the first was certainly not carried out. */
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

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new Request(method, URI.create(url));
  }

  private final class Request extends LowLevelHttpRequest {
    private final String method;
    private final HttpRequest.Builder builder;

    Request(String method, URI target) {
      this.method = method;
      this.builder = HttpRequest.newBuilder(target).timeout(timeout);
    }

    @Override
    public void addHeader(String name, String value) {
      if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        builder.header(name, value);
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      if (getContentType() != null) {
        builder.header("Content-Type", getContentType());
      }
      if (getContentEncoding() != null) {
        builder.header("Content-Encoding", getContentEncoding());
      }
      HttpRequest request = builder.method(method, body()).build();
      try {
        // The client's own time-out ends with the headers; this one covers the body too.
        CompletableFuture<HttpResponse<byte[]>> sending =
            client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(await(sending));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("stopped while sending").initCause(stopped);
      }
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> sending)
        throws IOException, InterruptedException {
      try {
        return sending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException late) {
        sending.cancel(true);
        throw new HttpTimeoutException("no answer within " + timeout);
      } catch (ExecutionException failed) {
        throw new IOException(failed.getCause());
      }
    }

    private HttpRequest.BodyPublisher body() throws IOException {
      if (getStreamingContent() == null) {
        return HttpRequest.BodyPublishers.noBody();
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      getStreamingContent().writeTo(bytes);
      return HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray());
    }
  }

  private static final class Answer extends LowLevelHttpResponse {
    private final HttpResponse<byte[]> answer;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    Answer(HttpResponse<byte[]> answer) {
      this.answer = answer;
      answer
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(v -> headers.add(Map.entry(name, v))));
    }

    @Override
    public InputStream getContent() {
      return new ByteArrayInputStream(answer.body());
    }

    @Override
    public @Nullable String getContentEncoding() {
      return answer.headers().firstValue("content-encoding").orElse(null);
    }

    @Override
    public long getContentLength() {
      return answer.body().length;
    }

    @Override
    public @Nullable String getContentType() {
      return answer.headers().firstValue("content-type").orElse(null);
    }

    @Override
    public String getStatusLine() {
      return "HTTP/1.1 " + answer.statusCode();
    }

    @Override
    public int getStatusCode() {
      return answer.statusCode();
    }

    @Override
    public @Nullable String getReasonPhrase() {
      return null;
    }

    @Override
    public int getHeaderCount() {
      return headers.size();
    }

    @Override
    public String getHeaderName(int index) {
      return headers.get(index).getKey();
    }

    @Override
    public String getHeaderValue(int index) {
      return headers.get(index).getValue();
    }
  }
}
