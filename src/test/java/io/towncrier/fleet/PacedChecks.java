package io.towncrier.fleet;

import io.towncrier.testing.Await;
import io.towncrier.testing.PlainHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Checks at a steady pace, below the limit of one source, and how long they take. */
final class PacedChecks implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final int PAUSE_MILLIS = 25;
  private static final int ENOUGH = 300;
  private static final int UNTIL_COMPILED = 2_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<Long> nanos = new ArrayList<>();
  private volatile boolean ended;
  private volatile int refused;

  PacedChecks() {
    for (int i = 0; i < CLIENTS; i++) {
      int version = i;
      threads.execute(() -> ask("3." + version));
    }
  }

  private void ask(String version) {
    HttpRequest check =
        PlainHttp.to("/v1/products/router-app-android/update?version=" + version).build();
    try {
      while (!ended) {
        long begun = System.nanoTime();
        int status = client.send(check, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          refused = status;
        }
        synchronized (nanos) {
          nanos.add(System.nanoTime() - begun);
        }
        Await.aWhile(Duration.ofMillis(PAUSE_MILLIS));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the code is compiled; then a new count, of some hundreds. */
  void settle() {
    while (answered() < UNTIL_COMPILED) {
      Await.aWhile(Duration.ofMillis(PAUSE_MILLIS));
    }
    begin();
    while (!areEnough()) {
      Await.aWhile(Duration.ofMillis(PAUSE_MILLIS));
    }
  }

  void begin() {
    synchronized (nanos) {
      nanos.clear();
    }
  }

  /** Whether so many were answered since it began that a p99 says something. */
  boolean areEnough() {
    return answered() >= ENOUGH;
  }

  /** Of what was answered since it began. */
  double p99Millis() {
    if (refused != 0) {
      throw new IllegalStateException("a check was answered with " + refused);
    }
    synchronized (nanos) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return sorted.get((int) (sorted.size() * 0.99)) / 1e6;
    }
  }

  private int answered() {
    synchronized (nanos) {
      return nanos.size();
    }
  }

  @Override
  public void close() {
    ended = true;
    threads.shutdown();
  }
}
