package io.towncrier.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.updates.preview.FleetFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The counts of the fleet are its devices, at any moment. */
@QuarkusTest
class FleetCountsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final FoldCounts fold;
  private final FleetFacts facts;
  private final FleetCounts counts;

  FleetCountsIT(FoldCounts fold, FleetFacts facts, FleetCounts counts) {
    this.fold = fold;
    this.facts = facts;
    this.counts = counts;
  }

  @Test
  void theyAreTheDevicesWhateverChangesIsAbortedOrKilled() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> changes = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      changes.add(threads.submit(new RandomChanges(seed)));
    }
    // Two fold at once, as two servers do.
    Callable<Integer> folding = () -> folded(changes);
    List<Future<Integer>> folds = List.of(threads.submit(folding), threads.submit(folding));

    int looks = 0;
    while (!areDone(changes)) {
      assertThat(FleetRows.differences()).isEmpty();
      looks++;
    }
    int killed = 0;
    for (Future<Integer> one : changes) {
      killed += one.get(30, TimeUnit.SECONDS);
    }
    int folded = 0;
    for (Future<Integer> one : folds) {
      folded += one.get(30, TimeUnit.SECONDS);
    }
    threads.shutdown();
    // Each of them happened, or nothing was shown.
    assertThat(List.of(looks, killed, folded)).allMatch(count -> count > 0);

    fold.run(() -> true).await().atMost(SOON);
    assertThat(FleetRows.number("SELECT count(*) FROM fleet_change")).isZero();
    assertThat(FleetRows.differences()).isEmpty();
  }

  @Test
  void aProductCountsItsReleasesWhenOneOfItsDevicesDoes() {
    Api.importSample();
    String product = "counting-" + UUID.randomUUID();
    String device = Api.phone("en").id();
    Set<String> asked = Set.of(product, "nobody-has-it");
    Sql.run("UPDATE device SET product_id = ? WHERE id = ?", product, device);
    assertThat(facts.counting(asked).await().atMost(SOON)).isEmpty();
    Sql.run("UPDATE device SET release_counter = 3 WHERE id = ?", device);
    assertThat(facts.counting(asked).await().atMost(SOON)).containsExactly(product);
  }

  private int folded(List<Future<Integer>> changes) {
    int sum = 0;
    while (!areDone(changes)) {
      sum += fold.run(() -> true).await().atMost(SOON).intValue();
    }
    return sum;
  }

  private static boolean areDone(List<Future<Integer>> all) {
    return all.stream().allMatch(Future::isDone);
  }

  @Test
  void noDeviceWaitsForAnotherOneThatIsAlikeNorForTheFold() throws SQLException {
    String product = "waits-" + UUID.randomUUID();
    try (Connection first = FleetRows.connect();
        Statement one = first.createStatement();
        Connection second = FleetRows.connect();
        Statement other = second.createStatement()) {
      first.setAutoCommit(false);
      other.execute("SET lock_timeout = '100ms'");
      FleetRows.add(one, product, "1.0");
      FleetRows.add(other, product, "1.0");
      fold.run(() -> true).await().atMost(SOON);
      FleetRows.add(other, product, "1.0");
      assertThat(devices(product)).isEqualTo(2);

      first.commit();
      assertThat(devices(product)).isEqualTo(3);
    }
  }

  @Test
  void theyAreReadWithoutALookAtAnyDevice() throws SQLException {
    String product = "locked-" + UUID.randomUUID();
    try (Connection connection = FleetRows.connect();
        Statement sql = connection.createStatement()) {
      FleetRows.add(sql, product, "1.0");
      FleetRows.add(sql, product, "2.0");
      connection.setAutoCommit(false);
      sql.execute("LOCK TABLE device IN ACCESS EXCLUSIVE MODE");

      assertThat(facts.versions(Set.of(product)).await().atMost(SOON))
          .isEqualTo(Map.of(product, Set.of("1.0", "2.0")));
      assertThat(facts.languages().await().atMost(SOON)).contains("de");
      assertThat(devices(product)).isEqualTo(2);
    }
  }

  @Test
  void aDeviceCountsUntilItIsRevokedAndAnEmptyGroupIsNone() throws SQLException {
    String product = "revoked-" + UUID.randomUUID();
    try (Connection connection = FleetRows.connect();
        Statement sql = connection.createStatement()) {
      String id = FleetRows.add(sql, product, "1.0");
      fold.run(() -> true).await().atMost(SOON);
      sql.execute("UPDATE device SET revoked_at = now() WHERE id = '" + id + "'");

      assertThat(facts.versions(Set.of(product)).await().atMost(SOON)).isEmpty();
      fold.run(() -> true).await().atMost(SOON);
      assertThat(facts.versions(Set.of(product)).await().atMost(SOON)).isEmpty();
      sql.execute("DELETE FROM device WHERE id = '" + id + "'");
      assertThat(FleetRows.differences()).isEmpty();
    }
  }

  @Test
  void theRunbookCountsAnew() throws IOException, SQLException {
    try (Connection connection = FleetRows.connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SET session_replication_role = replica");
      FleetRows.add(sql, "untold-" + UUID.randomUUID(), "1.0");
      assertThat(FleetRows.differences(sql)).isNotEmpty();

      String runbook = Files.readString(Path.of("docs", "runbook.md"));
      int begin = runbook.indexOf("    BEGIN;\n    LOCK TABLE device");
      sql.execute(runbook.substring(begin, runbook.indexOf("COMMIT;", begin) + "COMMIT;".length()));
      assertThat(FleetRows.differences(sql)).isEmpty();
    }
  }

  private long devices(String product) {
    return counts
        .groups(List.of(Axis.KIND), FleetFilter.ALL.with(Axis.PRODUCT, product))
        .await()
        .atMost(SOON)
        .stream()
        .mapToLong(FleetCounts.Group::devices)
        .sum();
  }
}
