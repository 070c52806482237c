package io.towncrier.console;

import io.towncrier.console.ScaleWire.Fetch;
import io.towncrier.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the question costs that every open page asks again and again. */
final class ScalePolls {
  private static final int ROUNDS = 10;
  private static final int POLLS_A_ROUND = 10;
  private static final int POLLS = 100;
  private static final int ALL_POLLS = 2_000;
  private static final int HELD_MILLIS = 1_000;
  private static final int CLOSE_TO_ITS_END_MILLIS = 900;

  /** The two statements of a look at what moves, and the one that finds a session. */
  private static final String COUNTED =
      """
      SELECT
        coalesce(sum(calls) FILTER (WHERE query LIKE '%RECURSIVE kind%'), 0) AS looks,
        coalesce(sum(calls) FILTER (
          WHERE query LIKE '%RECURSIVE kind%' OR query LIKE '%moving.created_at%'), 0) AS of_looks,
        coalesce(sum(calls) FILTER (WHERE query LIKE '%console_session%'), 0) AS of_sessions,
        coalesce(sum(calls), 0) AS statements
      FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'
      """;

  /**
   * A page that is shown again asks at once: so it is made to ask without waiting for its timer.
   */
  private static final String ASK =
      """
      async (polls) => {
        let heard = 0;
        let tell = () => {};
        const observer = new PerformanceObserver((list) => {
          heard += list.getEntries().filter((one) => one.name.endsWith('/v1/admin/live')).length;
          tell();
        });
        observer.observe({ type: 'resource' });
        for (let i = 0; i < polls; i++) {
          const before = heard;
          const answered = new Promise((resolve, reject) => {
            const late = setTimeout(() => reject(new Error('a poll had no answer')), 10000);
            tell = () => {
              if (heard > before) {
                clearTimeout(late);
                resolve();
              }
            };
          });
          document.dispatchEvent(new Event('visibilitychange'));
          await answered;
        }
        observer.disconnect();
        performance.clearResourceTimings();
      }
      """;

  private final ScaleClient client;
  private final TestPostgres postgres;
  private final Supplier<ScaleVisit> visits;
  private final ScaleBars bars;
  private int edition;

  ScalePolls(
      ScaleClient client, TestPostgres postgres, Supplier<ScaleVisit> visits, ScaleBars bars) {
    this.client = client;
    this.postgres = postgres;
    this.visits = visits;
    this.bars = bars;
  }

  void bytes() {
    try (ScaleVisit visit = visits.get()) {
      visit.use("#/audit");
      visit.wire().settle(visit.page());
      // What a page asks first it has all of, as when everything has moved.
      List<Fetch> first = polls(visit, 200);
      if (first.isEmpty()) {
        throw new IllegalStateException("the page has not asked what moves");
      }
      bars.atMost("poll with news", 4_000, first.get(0).bytes(), "B");
      List<Fetch> unchanged = List.of();
      for (int i = 0; i < ROUNDS && unchanged.isEmpty(); i++) {
        visit.wire().forget();
        visit.page().evaluate(ASK, 1);
        visit.wire().settle(visit.page());
        unchanged = polls(visit, 304);
      }
      if (unchanged.isEmpty()) {
        throw new IllegalStateException("no poll was answered 304");
      }
      bars.atMost("poll without news", 500, unchanged.get(0).bytes(), "B");
    }
  }

  void statements() throws Exception {
    String session = client.session();
    try (Connection connection = postgres.connect();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
      withinTheHeldSecond(sql, session);
      asManyAsComeInTwoSeconds(sql, session);
    }
  }

  void heap() throws Exception {
    try (ScaleVisit visit = visits.get()) {
      visit.use("#/audit");
      visit.wire().settle(visit.page());
      double early = 0;
      for (int polls = POLLS; polls <= ALL_POLLS; polls += POLLS) {
        somethingMoves();
        visit.page().waitForTimeout(HELD_MILLIS + 100);
        visit.page().evaluate(ASK, POLLS);
        visit.wire().settle(visit.page());
        visit.wire().forget();
        early = polls == POLLS ? visit.heap() : early;
      }
      double late = visit.heap();
      bars.tell("heap after 100 polls", early / 1e6, "MB");
      bars.tell("heap after 2,000 polls", late / 1e6, "MB");
      bars.atMost("heap after 2,000 polls against after 100", 1.1, late / early, "times");
    }
  }

  /** A look holds for a second: what is asked within it finds the answer there. */
  private void withinTheHeldSecond(Statement sql, String session) throws Exception {
    long polls = 0;
    Counts all = new Counts(0, 0, 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
      Thread.sleep(HELD_MILLIS + 100);
      long begun = System.nanoTime();
      String tag = tag(client.poll(session, ""));
      reset(sql);
      int unchanged = 0;
      for (int i = 0; i < POLLS_A_ROUND; i++) {
        unchanged += client.poll(session, tag).statusCode() == 304 ? 1 : 0;
      }
      Counts counted = Counts.of(sql);
      boolean held = System.nanoTime() - begun < CLOSE_TO_ITS_END_MILLIS * 1_000_000L;
      if (held && unchanged == POLLS_A_ROUND) {
        polls += unchanged;
        all = all.plus(counted);
      }
    }
    if (polls == 0) {
      throw new IllegalStateException("no round was over within its second, and all of it 304");
    }
    bars.atMost("SQL of %,d polls that are 304".formatted(polls), 0, all.ofLooks(), "statements");
    bars.tell("SQL beside them, to find sessions", all.ofSessions(), "statements");
    bars.tell("SQL beside them, of all timers too", all.statements(), "statements");
  }

  private void asManyAsComeInTwoSeconds(Statement sql, String session) throws Exception {
    String tag = tag(client.poll(session, ""));
    reset(sql);
    long begun = System.nanoTime();
    for (int i = 0; i < POLLS; i++) {
      client.poll(session, tag);
      Thread.sleep(18);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Counts counted = Counts.of(sql);
    if (counted.looks() == 0) {
      throw new IllegalStateException("no look was counted: has its statement another text?");
    }
    bars.atMost(
        "looks that %d polls in %.1f s cause".formatted(POLLS, seconds),
        Math.ceil(seconds) + 1,
        counted.looks(),
        "");
  }

  private void somethingMoves() throws Exception {
    client.post(
        "releases",
        Map.of(
            "product",
            ScaleCatalogue.product(0),
            "version",
            "9." + edition++,
            "severity",
            "optional",
            "notes",
            Map.of("en", Map.of("title", "Next", "body", "All of it"))),
        201);
  }

  private static List<Fetch> polls(ScaleVisit visit, int status) {
    return visit.wire().all(fetch -> fetch.isPoll() && fetch.status() == status);
  }

  private static String tag(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  private static void reset(Statement sql) throws SQLException {
    sql.execute("SELECT pg_stat_statements_reset()");
  }

  private record Counts(long looks, long ofLooks, long ofSessions, long statements) {
    static Counts of(Statement sql) throws SQLException {
      try (ResultSet row = sql.executeQuery(COUNTED)) {
        row.next();
        return new Counts(
            row.getLong("looks"),
            row.getLong("of_looks"),
            row.getLong("of_sessions"),
            row.getLong("statements"));
      }
    }

    Counts plus(Counts other) {
      return new Counts(
          looks + other.looks,
          ofLooks + other.ofLooks,
          ofSessions + other.ofSessions,
          statements + other.statements);
    }
  }
}
