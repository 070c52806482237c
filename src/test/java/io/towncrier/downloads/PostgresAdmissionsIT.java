package io.towncrier.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.testing.Api;
import io.towncrier.testing.Configs;
import io.towncrier.testing.Sql;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rows of devices in PostgreSQL, which several processes share. */
@QuarkusTest
@Tag("zoneless")
class PostgresAdmissionsIT extends AdmissionStoreContract {
  private static final long RATE = 100_000_000;
  private static final long IMAGE = 20_000_000;

  @Inject AdmissionStore store;
  @Inject BucketStore buckets;
  @Inject Transactions transactions;
  @Inject @Any Instance<Remover> removers;

  @BeforeEach
  void products() {
    Api.importSample();
  }

  @Override
  AdmissionStore store() {
    return store;
  }

  @Override
  String device() {
    return Api.phone("en").id();
  }

  @Override
  <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(() -> transactions.inTransaction(work));
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void checksOfOneDeviceAtOnceTakeOnceForEachReleaseAndForFewReleases() throws Exception {
    String region = "test-" + UUID.randomUUID();
    String device = device();
    List<AdmitDownload> processes = List.of(process(), process());
    List<Callable<Optional<Duration>>> asks =
        IntStream.range(0, 48)
            .<Callable<Optional<Duration>>>mapToObj(
                i -> () -> ask(processes.get(i % 2), device, (i % 6) + ".0", region))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(12);
    long admitted = 0;
    try {
      for (Future<Optional<Duration>> answer : threads.invokeAll(asks)) {
        admitted += answer.get().isEmpty() ? 1 : 0;
      }
    } finally {
      threads.shutdown();
    }

    assertThat(admitted).isPositive();
    long taken =
        Long.parseLong(
            Sql.text(
                "SELECT cardinality(releases) FROM download_admission WHERE device_id = ?",
                device));
    assertThat(taken).isBetween(1L, 4L);
    assertThat(Sql.text("SELECT room FROM download_bucket WHERE region = ?", region))
        .isEqualTo(String.valueOf(10 * RATE - taken * IMAGE));
  }

  @Test
  void theRowGoesWithItsDevice() {
    String device = device();
    await(() -> store.lock(device, Admissions.none("DE", Wave.BEGIN)));
    Sql.run("DELETE FROM device WHERE id = ?", device);
    assertThat(await(() -> store.find(device))).isEmpty();
  }

  @Test
  void theRowGoesWhenItsDayIsOver() {
    Instant now = Instant.now();
    String over = device();
    String still = device();
    long yesterday = now.getEpochSecond() - Admissions.DAY;
    await(() -> store.lock(over, Admissions.none("DE", yesterday)));
    await(() -> store.lock(still, Admissions.none("DE", yesterday + 60)));
    int removed;
    do { // Together with what other tests have left.
      removed = await(() -> old().remove(now, 500));
    } while (removed > 0);
    assertThat(await(() -> store.find(over))).isEmpty();
    assertThat(await(() -> store.find(still))).isPresent();
  }

  private Remover old() {
    return removers.stream()
        .filter(remover -> remover.periods().contains("download-admissions"))
        .findFirst()
        .orElseThrow();
  }

  // Each in a transaction of its own, as in a check.
  private static Optional<Duration> ask(
      AdmitDownload process, String device, String release, String region) {
    try {
      return VertxContextSupport.subscribeAndAwait(
          () -> process.run(device, release, new Download(region, IMAGE, Urgency.USUAL)));
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private AdmitDownload process() {
    DownloadBudget budget =
        new DownloadBudget(
            Configs.of(DownloadsConfig.class, Map.of("towncrier.downloads.budget", "" + RATE)));
    return new AdmitDownload(
        new Regions(buckets, budget),
        store,
        transactions,
        budget,
        new WaitCounters(),
        InstantSource.fixed(Instant.ofEpochSecond(Wave.BEGIN)));
  }
}
