package io.towncrier.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand clients download ranges of one image from the packaged server with 256 MB of heap,
 * held to 200 MB a second in all, while checks are asked at 100 a second. Beside it the same checks
 * with the same clients idle. Run by bench/downloads; it ends after twice its seconds.
 */
@Tag("bench")
class DownloadsBench {
  private static final int CLIENTS = 1_000;
  private static final int SECONDS = Integer.getInteger("seconds", 60);
  private static final int A_CLIENTS_BYTES_A_SECOND = 200_000;
  private static final int RANGE = 2_000_000;
  private static final int CHECKS_A_SECOND = 100;
  private static final int IMAGE = 64 * 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final Random random = new Random(18);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger ranges = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private volatile boolean running = true;
  private PackagedServer server;

  @Test
  void checksStayFastBesideAThousandDownloads() throws Exception {
    TestPostgres postgres = new TestPostgres();
    postgres.start();
    server =
        new PackagedServer(
                postgres.url(),
                Map.of(
                    "TOWNCRIER_OPERATOR_TOKEN",
                    TestPostgres.OPERATOR_TOKEN,
                    "TOWNCRIER_PUBLIC_URL",
                    "https://updates.test"))
            .withHeap("-Xmx256m");
    try {
      server.startIfDead();
      ServerClient operator = new ServerClient(server.port());
      operator.product("r1");
      UploadedImage image = UploadedImage.random("r1.img", IMAGE);
      operator.publish("r1", "1.1", operator.upload(image));
      HttpClient clients = clients();
      checks(clients, 5);
      double idle = checks(clients, SECONDS);
      for (int i = 0; i < CLIENTS; i++) {
        download(clients, image.path());
      }
      double busy = checks(clients, SECONDS);
      running = false;
      System.out.printf(
          "| ranges | MB/s | at once at most | wrong | p99 of a check idle | beside | ratio |%n"
              + "|---|---|---|---|---|---|---|%n| %,d | %.0f | %d | %d | %.2f ms | %.2f ms | %.2f |%n",
          ranges.get(),
          bytes.get() / 1e6 / SECONDS,
          mostOpen.get(),
          wrong.get(),
          idle,
          busy,
          busy / idle);
      assertThat(wrong.get()).isZero();
      assertThat(mostOpen.get()).isGreaterThanOrEqualTo(CLIENTS);
      assertThat(server.log()).doesNotContain("OutOfMemory");
    } finally {
      vertx.close();
      server.kill();
      postgres.stop();
    }
  }

  private HttpClient clients() {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setDefaultHost("127.0.0.1")
            .setDefaultPort(server.port())
            .setMaxPoolSize(CLIENTS + 50)
            .setMaxWaitQueueSize(-1));
  }

  /** A client that reads at its share of the bandwidth, one range behind the other. */
  private void download(HttpClient client, String path) {
    if (!running) {
      return;
    }
    int from = random.nextInt(IMAGE - RANGE);
    client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI(path)
                .putHeader("Range", "bytes=" + from + "-" + (from + RANGE - 1)))
        .compose(HttpClientRequest::send)
        .compose(this::slowly)
        .onFailure(lost -> wrong.incrementAndGet())
        .onComplete(done -> vertx.runOnContext(again -> download(client, path)));
  }

  private Future<Void> slowly(HttpClientResponse response) {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    long begun = System.nanoTime();
    AtomicInteger read = new AtomicInteger();
    response.handler(
        buffer -> {
          bytes.addAndGet(buffer.length());
          long dueMillis = read.addAndGet(buffer.length()) * 1000L / A_CLIENTS_BYTES_A_SECOND;
          long early = dueMillis - (System.nanoTime() - begun) / 1_000_000;
          if (early > 0) {
            response.pause();
            vertx.setTimer(early, due -> response.resume());
          }
        });
    return response
        .end()
        .onComplete(
            ended -> {
              open.decrementAndGet();
              ranges.incrementAndGet();
              if (response.statusCode() != 206 || read.get() != RANGE) {
                wrong.incrementAndGet();
              }
            });
  }

  /** The p99 of checks, in milliseconds. */
  private double checks(HttpClient client, int seconds) throws InterruptedException {
    Queue<Long> took = new ConcurrentLinkedQueue<>();
    AtomicInteger number = new AtomicInteger();
    long timer =
        vertx.setPeriodic(
            1000 / CHECKS_A_SECOND,
            turn -> {
              long begun = System.nanoTime();
              client
                  .request(
                      HttpMethod.GET,
                      "/v1/products/r1/update?version=1.0&cohort=c" + number.incrementAndGet())
                  .compose(HttpClientRequest::send)
                  .compose(HttpClientResponse::body)
                  .onSuccess(body -> took.add(System.nanoTime() - begun))
                  .onFailure(lost -> wrong.incrementAndGet());
            });
    Thread.sleep(seconds * 1000L);
    vertx.cancelTimer(timer);
    Thread.sleep(500);
    long[] sorted = took.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    assertThat(sorted.length).isGreaterThan(seconds * CHECKS_A_SECOND / 2);
    return sorted[sorted.length * 99 / 100] / 1e6;
  }
}
