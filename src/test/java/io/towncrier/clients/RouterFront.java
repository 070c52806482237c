package io.towncrier.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What stands between a router and the service, on loopback: it passes checks on and the answers
 * back, with the downloads' host made its own; it serves the images; and it has faults.
 */
final class RouterFront implements AutoCloseable {
  private static final String DOWNLOADS = "https://downloads.example.com";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> checks = new CopyOnWriteArrayList<>();
  private final List<String> tags = new CopyOnWriteArrayList<>();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private volatile String service;
  private volatile byte[] image = new byte[0];
  private volatile int cutAfter = Integer.MAX_VALUE;
  private volatile boolean ranged = true;
  private volatile Answer inPlace;
  private volatile Answer once;
  private volatile Runnable asked = () -> {};

  /** An answer in place of the service's. */
  record Answer(int status, String type, String body, String retryAfter) {
    static Answer of(int status, String retryAfter) {
      return new Answer(status, "application/problem+json", "{}", retryAfter);
    }

    static Answer plain(String body) {
      return new Answer(200, "text/plain", body, null);
    }
  }

  RouterFront(String service) throws IOException {
    this.service = service;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/v1/", this::check);
    server.createContext("/images/", this::image);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The lines of an offer whose image is here. */
  String offer(String product, String installed, String hash, int size, String version) {
    return """
    decision=offer
    product=%s
    installed=%s
    version=%s
    artifact.1.name=a.bin
    artifact.1.url=%s/images/a.bin
    artifact.1.size=%d
    artifact.1.sha256=%s
    nextCheckSeconds=3600
    complete=true
    """
        .formatted(product, installed, version, url(), size, hash);
  }

  /** What every download is. */
  void serve(byte[] bytes) {
    image = bytes;
  }

  /** Each download stops after so many bytes of it. */
  void cutAfter(int bytes) {
    cutAfter = bytes;
  }

  /** Each download is the whole image, whatever part was asked for. */
  void withoutRanges() {
    ranged = false;
  }

  /** Null: the service answers again. */
  void answerInPlace(Answer answer) {
    inPlace = answer;
  }

  /** The next check gets this; the service answers again behind it. */
  void answerOnce(Answer answer) {
    once = answer;
  }

  /** Before each check is answered this happens. */
  void whenAsked(Runnable happens) {
    asked = happens;
  }

  /** The queries of checks so far. */
  List<String> checks() {
    return checks;
  }

  /** The tags that checks brought. */
  List<String> tags() {
    return tags;
  }

  /** The ranges that downloads asked for. */
  List<String> ranges() {
    return ranges;
  }

  private void check(HttpExchange exchange) throws IOException {
    try (exchange) {
      checks.add(exchange.getRequestURI().getRawQuery());
      asked.run();
      Answer given = once == null ? inPlace : once;
      once = null;
      if (given != null) {
        exchange.getResponseHeaders().add("Content-Type", given.type);
        if (given.retryAfter != null) {
          exchange.getResponseHeaders().add("Retry-After", given.retryAfter);
        }
        write(exchange, given.status, given.body.getBytes(StandardCharsets.UTF_8));
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(service + exchange.getRequestURI()));
      String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
      if (tag != null) {
        tags.add(tag);
        request.header("If-None-Match", tag);
      }
      HttpResponse<String> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      answer
          .headers()
          .firstValue("ETag")
          .ifPresent(value -> exchange.getResponseHeaders().add("ETag", value));
      String body = answer.body().replace(DOWNLOADS, url() + "/images");
      write(exchange, answer.statusCode(), body.getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void image(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] all = image;
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = 0;
      if (range != null && ranged) {
        ranges.add(range);
        from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange
            .getResponseHeaders()
            .add("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
      }
      exchange.sendResponseHeaders(from == 0 ? 200 : 206, all.length - from);
      OutputStream out = exchange.getResponseBody();
      out.write(all, from, Math.min(all.length - from, cutAfter));
      out.flush();
    }
  }

  private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 || status == 304 ? -1 : body.length);
    if (body.length > 0 && status != 304) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
