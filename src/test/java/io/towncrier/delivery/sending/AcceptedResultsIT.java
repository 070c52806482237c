package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the provider has accepted is recorded, whoever holds the row of its account meanwhile. */
@QuarkusTest
@TestProfile(FenceProfile.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class AcceptedResultsIT {
  private final LoopbackFcm fcm = LoopbackFcm.running();

  @Inject RaceField field;
  @Inject DrainOutbox drain;
  @Inject Database database;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String url;

  private List<String> notices = List.of();

  @AfterEach
  void forget() {
    fcm.latency(() -> Duration.ZERO);
    field.forget(notices);
  }

  @Test
  void areRecordedWhileAClaimHoldsTheAccount() throws Exception {
    List<RaceField.Racer> racers = field.register(20, List.of(RaceField.Kind.DEVICE_OFF));
    notices = field.plan(racers, false);
    fcm.behave(arrival -> Answer.accepted());
    fcm.latency(() -> Duration.ofSeconds(1));

    CompletableFuture<Long> drained =
        drain.run(Optional.empty(), () -> true).subscribeAsCompletionStage();
    try (Connection claim = connect();
        Statement statement = claim.createStatement()) {
      Await.until(
          "all are under way",
          Duration.ofSeconds(20),
          () -> racers.stream().allMatch(racer -> !fcm.to(racer.address()).isEmpty()));
      statement.execute("SELECT 1 FROM push_account FOR UPDATE");

      Await.until("all are recorded", Duration.ofSeconds(10), () -> accepted() == 20);
      claim.rollback();
    }

    assertThat(drained.get(20, TimeUnit.SECONDS)).isEqualTo(20);
  }

  private long accepted() {
    return database
        .rows(
            "SELECT count(*) FROM delivery WHERE state = 'ACCEPTED' AND notice_id = ANY ($1)",
            row -> row.number(0),
            (Object) notices.toArray(String[]::new))
        .await()
        .atMost(Duration.ofSeconds(5))
        .get(0);
  }

  private Connection connect() throws Exception {
    URI database = URI.create(url);
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + database.getPort() + database.getPath(),
            "postgres",
            "postgres");
    connection.setAutoCommit(false);
    return connection;
  }
}
