package io.towncrier.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.testing.Configs;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rows of the budget in PostgreSQL, which several processes share. */
@QuarkusTest
@Tag("zoneless")
class PostgresBucketsIT extends BucketStoreContract {
  private static final long RATE = 100_000_000;
  private static final long IMAGE = 20_000_000;

  @Inject BucketStore store;

  @Override
  BucketStore store() {
    return store;
  }

  @Override
  String region() {
    return "test-" + UUID.randomUUID();
  }

  @Override
  <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void aThousandDevicesOfTwoRegionsBeginWithinTheBudgetOfEach() {
    for (String region : List.of(region(), region())) {
      Wave wave = new Wave();
      wave.run(
          500,
          new Download(region, IMAGE, Urgency.USUAL),
          List.of(process(wave), process(wave)),
          answer -> await(() -> answer));

      assertThat(wave.bytes()).isEqualTo(500 * IMAGE);
      assertThat(wave.aboveRate(RATE)).isLessThanOrEqualTo(10 * RATE + IMAGE);
      assertThat(wave.took()).isLessThan(Duration.ofMinutes(15));
      assertThat(Sql.text("SELECT count(*) FROM download_bucket WHERE region = ?", region))
          .isEqualTo("1");
    }
  }

  @Test
  void ofManyWhoAskAtOnceEachTakesOnceOrWaits() throws Exception {
    String region = region();
    AdmitDownload process = process(InstantSource.fixed(Instant.ofEpochSecond(Wave.BEGIN)));
    Callable<Optional<Duration>> ask =
        () ->
            await(
                () ->
                    process.run(
                        "dev_" + UUID.randomUUID(),
                        "2.0",
                        new Download(region, IMAGE, Urgency.USUAL)));
    ExecutorService threads = Executors.newFixedThreadPool(12);
    long admitted = 0;
    try {
      for (Future<Optional<Duration>> answer : threads.invokeAll(Collections.nCopies(60, ask))) {
        admitted += answer.get().isEmpty() ? 1 : 0;
      }
    } finally {
      threads.shutdown();
    }

    assertThat(admitted).isBetween(1L, 25L);
    assertThat(Sql.text("SELECT room FROM download_bucket WHERE region = ?", region))
        .isEqualTo(String.valueOf(10 * RATE - admitted * IMAGE));
  }

  private AdmitDownload process(InstantSource clock) {
    DownloadBudget budget =
        new DownloadBudget(
            Configs.of(DownloadsConfig.class, Map.of("towncrier.downloads.budget", "" + RATE)));
    return new AdmitDownload(
        new Regions(store, budget),
        new FakeAdmissions(),
        FakeAdmissions.TRANSACTIONS,
        budget,
        new WaitCounters(),
        clock);
  }
}
