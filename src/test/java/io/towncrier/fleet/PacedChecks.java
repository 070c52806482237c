package io.towncrier.fleet;

import io.towncrier.testing.Await;
import io.towncrier.testing.PlainHttp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Checks at a steady pace, and how long they take. */
final class PacedChecks implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final int PAUSE_MILLIS = 10;
  private static final int AT_LEAST = 500;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<Long> nanos = new ArrayList<>();
  private volatile boolean ended;

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
        client.send(check, HttpResponse.BodyHandlers.discarding());
        synchronized (nanos) {
          nanos.add(System.nanoTime() - begun);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the code is compiled; then a new count. */
  void settle() {
    awaitAnswers(10 * AT_LEAST);
    begin();
  }

  void begin() {
    synchronized (nanos) {
      nanos.clear();
    }
  }

  /** Of what was answered since it began, of some hundreds at least. */
  double p99Millis() {
    awaitAnswers(AT_LEAST);
    synchronized (nanos) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return sorted.get((int) (sorted.size() * 0.99)) / 1e6;
    }
  }

  private void awaitAnswers(int count) {
    while (size() < count) {
      Await.aWhile(Duration.ofMillis(PAUSE_MILLIS));
    }
  }

  private int size() {
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
