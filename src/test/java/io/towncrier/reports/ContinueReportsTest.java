package io.towncrier.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which report is next, and what becomes of one that fails. */
class ContinueReportsTest {
  private static final long FLEET = 25;
  private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");

  private final KeptReports store = new KeptReports();
  private final List<String> looked = new ArrayList<>();
  private final ContinueReports reports =
      new ContinueReports(
          store,
          List.of(new Kind("good", false), new Kind("bad", true)),
          new NoTransactions(),
          new TenDevices(),
          InstantSource.fixed(NOW));

  @Test
  void reportsTakeTurnsUntilAllAreDone() {
    store.begin("a", "good");
    store.begin("b", "good");

    assertThat(run()).isEqualTo(6);

    assertThat(looked).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(store.state("a")).isEqualTo(Report.State.DONE);
    assertThat(store.state("b")).isEqualTo(Report.State.DONE);
  }

  @Test
  void oneThatFailsKeepsNoOtherAndIsGivenUpInTheEnd() {
    store.begin("broken", "bad");
    store.begin("fine", "good");
    run();
    assertThat(store.state("fine")).isEqualTo(Report.State.DONE);
    assertThat(store.state("broken")).isEqualTo(Report.State.RUNNING);

    for (int i = 0; i < 4; i++) {
      run();
    }
    assertThat(store.state("broken")).isEqualTo(Report.State.FAILED);
  }

  private long run() {
    return reports.run(() -> true).await().atMost(Duration.ofSeconds(5));
  }

  private final class Kind implements ReportKind {
    private final String name;
    private final boolean fails;

    Kind(String name, boolean fails) {
      this.name = name;
      this.fails = fails;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Uni<Step> look(Report report, IdRange devices) {
      if (fails) {
        return Uni.createFrom().failure(new IllegalStateException("broken"));
      }
      looked.add(report.id());
      return Uni.createFrom().item(new Step.Looked(Map.of(), Optional.empty()));
    }
  }

  private static final class TenDevices implements ReportsConfig {
    @Override
    public int page() {
      return 10;
    }

    @Override
    public Duration keep() {
      return Duration.ofHours(1);
    }
  }

  private static final class NoTransactions implements Transactions {
    @Override
    public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
      return Uni.createFrom().deferred(work::get);
    }
  }

  /** Reports in memory; ids of devices are numbers. */
  private static final class KeptReports implements ReportStore {
    private final Map<String, Report> all = new HashMap<>();
    private final List<String> turns = new ArrayList<>();
    private final Map<String, Long> stumbles = new HashMap<>();

    void begin(String id, String kind) {
      add(report(id, kind, Report.State.RUNNING, "")).await().indefinitely();
    }

    Report.State state(String id) {
      return all.get(id).state();
    }

    private static Report report(String id, String kind, Report.State state, String position) {
      return new Report(
          id,
          kind,
          Map.of(),
          state,
          position,
          0,
          FLEET,
          Map.of(),
          0,
          Optional.empty(),
          new Report.Started("operator", "a test", NOW),
          Optional.empty(),
          NOW.plusSeconds(60));
    }

    private void put(Report report) {
      all.put(report.id(), report);
      turns.remove(report.id());
      turns.add(report.id());
    }

    @Override
    public Uni<Long> running() {
      return Uni.createFrom().item((long) all.size());
    }

    @Override
    public Uni<Void> add(Report report) {
      put(report);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<Report>> find(String kind, String id, Instant now) {
      return Uni.createFrom().item(Optional.ofNullable(all.get(id)));
    }

    @Override
    public Uni<Boolean> remove(String kind, String id, Instant now) {
      return Uni.createFrom().item(all.remove(id) != null);
    }

    @Override
    public Uni<Optional<String>> part(String id, int number) {
      return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Optional<Report>> take(Set<String> except) {
      return Uni.createFrom()
          .item(
              turns.stream()
                  .map(all::get)
                  .filter(report -> report.state() == Report.State.RUNNING)
                  .filter(report -> !except.contains(report.id()))
                  .findFirst());
    }

    @Override
    public Uni<ReportKind.IdRange> behind(String id, int limit) {
      long from = id.isEmpty() ? 0 : Long.parseLong(id);
      long upTo = Math.min(FLEET, from + limit);
      return Uni.createFrom()
          .item(new ReportKind.IdRange(id, Long.toString(upTo), upTo - from, upTo - from < limit));
    }

    @Override
    public Uni<Void> keep(Report report, Progress progress) {
      put(
          report(
              report.id(),
              report.kind(),
              progress.last() ? Report.State.DONE : Report.State.RUNNING,
              progress.position()));
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> fail(String id, String why, Instant now) {
      Report report = all.get(id);
      put(report(id, report.kind(), Report.State.FAILED, report.position()));
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Long> stumble(String id, Instant now) {
      put(all.get(id));
      return Uni.createFrom().item(stumbles.merge(id, 1L, Long::sum));
    }

    @Override
    public Uni<Integer> removeOld(Instant now, int limit) {
      return Uni.createFrom().item(0);
    }
  }
}
