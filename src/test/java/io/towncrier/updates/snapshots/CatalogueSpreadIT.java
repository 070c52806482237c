package io.towncrier.updates.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What another instance publishes: written here by the store alone, which tells nobody here. */
@QuarkusTest
@Tag("zoneless")
class CatalogueSpreadIT {
  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final String END_LISTENER =
      """
      SELECT count(pg_terminate_backend(pg_stat_activity.pid)) AS ended FROM pg_stat_activity
      WHERE pg_stat_activity.query LIKE 'LISTEN %'
      """;

  @Inject CatalogueStore store;
  @Inject Transactions transactions;
  @Inject Database database;
  @Inject CurrentSnapshot snapshots;

  private final String product = "spread-" + UUID.randomUUID();

  @BeforeEach
  void whileChangesAreTold() {
    Await.patiently("changes are told", () -> snapshots.state().told());
    elsewherePublish("1.0");
    Await.until(
        "the product is known", PROMISED, () -> offered().isEmpty() && check().statusCode() == 200);
  }

  @Test
  void isAnsweredHereWithinTwoSecondsBecauseTheDatabaseTells() {
    elsewherePublish("2.0");

    Await.until("it is offered", PROMISED, () -> offered().equals(Optional.of("2.0")));
  }

  @Test
  void isNotMissedWhileTheConnectionThatTellsWasLost() {
    assertThat(ask(() -> database.rows(END_LISTENER, row -> row.number("ended"))).get(0))
        .isPositive();
    elsewherePublish("2.0");

    Await.until("it is offered", PROMISED, () -> offered().equals(Optional.of("2.0")));
    Await.patiently("changes are told", () -> snapshots.state().told());
  }

  private void elsewherePublish(String version) {
    Catalogue catalogue =
        new Catalogue(
            Optional.empty(),
            List.of(SampleProduct.product(product).build()),
            List.of(new Catalogue.Entry(List.of(product), SampleRelease.release(version).build())));
    ask(
        () ->
            transactions.inTransaction(
                () -> store.lock().chain(() -> store.write(catalogue, "elsewhere"))));
  }

  private Optional<String> offered() {
    return Optional.ofNullable(check().path("release.version"));
  }

  private Response check() {
    return Api.anonymous().queryParam("version", "1.0").get("/v1/products/" + product + "/update");
  }

  private static <T> T ask(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }
}
