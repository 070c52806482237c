package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.towncrier.platform.database.DatabaseUnavailable;
import io.towncrier.testing.Await;
import io.towncrier.testing.Sql;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseIT {
  private static final String ONE = "SELECT 1 AS one";
  private static final String LOCK =
      "SELECT 1 FROM (SELECT pg_advisory_xact_lock($1), pg_sleep(0.3)) AS held";

  private static final String THE_IDLE =
      """
      FROM pg_stat_activity AS activity
      WHERE activity.datname = current_database() AND activity.pid <> pg_backend_pid()
        AND activity.backend_start < now() AND activity.state = 'idle'
        AND activity.query NOT LIKE 'LISTEN%' AND activity.query NOT LIKE 'NOTIFY%'
      """;
  private static final String END_THE_IDLE =
      "SELECT count(pg_terminate_backend(activity.pid)) AS ended " + THE_IDLE;

  private final Database database;
  private final Vertx vertx;

  DatabaseIT(Database database, Vertx vertx) {
    this.database = database;
    this.vertx = vertx;
  }

  @Test
  void theLoserOfADeadlockIsRepeated() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CompletableFuture<Long> one = lockBoth(71L, 72L, tries);
    CompletableFuture<Long> other = lockBoth(72L, 71L, tries);
    assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(72L);
    assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(71L);
    assertThat(tries.get()).as("one of the two lost and came again").isGreaterThan(2);
  }

  @Test
  void whatIsAskedSideBySideInOneRequestHasSessionsOfItsOwn() {
    String who = "SELECT pg_backend_pid() AS session FROM (SELECT pg_sleep(0.02)) AS held";
    // Many more in all than the pool has connections.
    for (int i = 0; i < 20; i++) {
      List<Long> sessions =
          await(
              () ->
                  Uni.join()
                      .all(
                          Stream.generate(() -> database.rows(who, row -> row.number("session")))
                              .limit(3)
                              .toList())
                      .andFailFast()
                      .map(all -> all.stream().flatMap(List::stream).map(Long::valueOf).toList()));
      assertThat(sessions).hasSize(3).doesNotHaveDuplicates();
    }
    assertThat(await(() -> database.rows(who, row -> row.number("session")))).hasSize(1);
  }

  @Test
  void asideIsNoPartOfTheTransactionThatIsUnderWay() {
    String transaction = "SELECT pg_current_xact_id()::text AS transaction";
    List<String> both =
        await(
            () ->
                database.inTransaction(
                    () ->
                        database
                            .rows(transaction, row -> row.text("transaction"))
                            .chain(
                                one ->
                                    database
                                        .aside(
                                            () ->
                                                database.rows(
                                                    transaction, row -> row.text("transaction")))
                                        .map(other -> List.of(one.get(0), other.get(0))))));
    assertThat(both).doesNotHaveDuplicates();
  }

  @Test
  void onlyALightTransactionDoesNotWaitForTheDisk() {
    // Of the session itself nothing is changed: the next transaction may be of great weight.
    String source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'";

    assertThat(
            await(
                () ->
                    database.inLightTransaction(
                        () -> database.rows(source, row -> row.text("source")))))
        .containsExactly("session");
    for (int i = 0; i < 20; i++) {
      assertThat(
              await(
                  () ->
                      database.inTransaction(
                          () -> database.rows(source, row -> row.text("source")))))
          .doesNotContain("session");
    }
    assertThat(
            await(
                () ->
                    database.inTransaction(
                        () ->
                            database.inLightTransaction(
                                () -> database.rows(source, row -> row.text("source"))))))
        .as("as a part of another one")
        .doesNotContain("session");
  }

  @Test
  void workThatNobodyWaitsForLeavesItsConnectionWholeAndCommitsNothing() throws Exception {
    String marker = "left-" + System.nanoTime();
    List<String> dropped = new CopyOnWriteArrayList<>();
    Handler log = new DroppedLines(dropped);
    Logger.getLogger("").addHandler(log);
    try {
      // As of a request whose browser leaves while the second statement is under way.
      Context request = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
      VertxContextSafetyToggle.setContextSafe(request, true);
      CompletableFuture<Void> left = new CompletableFuture<>();
      AtomicReference<Cancellable> browser = new AtomicReference<>();
      request.runOnContext(
          nothing ->
              browser.set(
                  database
                      .inTransaction(
                          () ->
                              database
                                  .update("INSERT INTO channel (id, rank) VALUES ($1, 9)", marker)
                                  .invoke(
                                      () ->
                                          vertx.setTimer(
                                              50,
                                              timer -> {
                                                browser.get().cancel();
                                                left.complete(null);
                                              }))
                                  .chain(
                                      () ->
                                          database.update(
                                              "SELECT pg_sleep(0.5) /* " + marker + " */")))
                      .subscribe()
                      .with(done -> {}, failure -> {})));
      left.get(10, TimeUnit.SECONDS);
      Await.patiently(
          "the transaction is over",
          () ->
              Sql.text(
                      "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle'"
                          + " AND pid <> pg_backend_pid() AND query LIKE ?",
                      "%" + marker + "%")
                  .equals("0"));
      assertThat(dropped).isEmpty();
      assertThat(Sql.text("SELECT count(*) FROM channel WHERE id = ?", marker)).isEqualTo("0");
    } finally {
      Logger.getLogger("").removeHandler(log);
    }
  }

  @Test
  void anotherFailureIsNotRepeatedAndLeavesNothingBehind() {
    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                await(
                    () ->
                        database.inTransaction(
                            () -> {
                              tries.incrementAndGet();
                              return database
                                  .update("INSERT INTO channel (id, rank) VALUES ('lost', 9)")
                                  .chain(() -> database.update("SELECT 1 / 0"));
                            })))
        .isNotNull();
    assertThat(tries.get()).isEqualTo(1);
    List<String> found =
        await(
            () -> database.rows("SELECT id FROM channel WHERE id = 'lost'", row -> row.text("id")));
    assertThat(found).isEmpty();
  }

  @Test
  void connectionsThatDiedInThePoolFailNobody() {
    for (int i = 0; i < 10; i++) {
      assertThat(await(() -> database.rows(ONE, row -> row.number("one")))).containsExactly(1L);
      // By a connection that lives on, from under all others, again until there is none: one that
      // was at work is idle later, and what is ended in the middle of a transaction may fail.
      Await.patiently(
          "they are gone",
          () -> await(() -> database.rows(END_THE_IDLE, row -> row.number("ended"))).get(0) == 0);
      List<CompletableFuture<List<Long>>> all =
          Stream.generate(
                  () ->
                      CompletableFuture.supplyAsync(
                          () ->
                              await(
                                  () ->
                                      database.inTransaction(
                                          () -> database.rows(ONE, row -> row.number("one"))))))
              .limit(8)
              .toList();
      for (CompletableFuture<List<Long>> one : all) {
        assertThat(one.join()).containsExactly(1L);
      }
    }
  }

  @Test
  void aQueryByItselfIsAskedOnceMoreWhenItsConnectionIsLost() throws Exception {
    try (Held held = new Held()) {
      CompletableFuture<List<Long>> asked = held.ask();
      String ended = held.endTheWaiting("0");
      Await.until("it waits again", Duration.ofSeconds(3), () -> held.waitsBeside(ended));
      held.close();
      assertThat(asked.get(5, TimeUnit.SECONDS)).containsExactly(1L);
    }
  }

  @Test
  void aQueryByItselfIsAskedNoMoreThanTwice() throws Exception {
    try (Held held = new Held()) {
      CompletableFuture<List<Long>> asked = held.ask();
      held.endTheWaiting(held.endTheWaiting("0"));
      assertThatThrownBy(() -> asked.get(5, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(DatabaseUnavailable.class);
    }
  }

  @Test
  void aQueryByItselfFindsALivingConnectionHoweverManyAreDead() {
    Await.patiently(
        "they are gone",
        () -> await(() -> database.rows(END_THE_IDLE, row -> row.number("ended"))).get(0) == 0);
    for (int i = 0; i < 16; i++) {
      assertThat(await(() -> database.rowsAlone(ONE, row -> row.number("one"))))
          .containsExactly(1L);
    }
  }

  /** A lock that a query waits for. */
  private final class Held implements AutoCloseable {
    private static final long KEY = 4711;
    private static final String WAITING =
        """
        SELECT coalesce(max(activity.pid), 0) FROM pg_stat_activity AS activity
        WHERE activity.wait_event = 'advisory' AND activity.pid::text <> ?
        """;

    private final Connection holder = Sql.connect();

    Held() throws SQLException {
      try (Statement lock = holder.createStatement()) {
        lock.execute("SELECT pg_advisory_lock(" + KEY + ")");
      }
    }

    CompletableFuture<List<Long>> ask() {
      return CompletableFuture.supplyAsync(
          () ->
              await(
                  () ->
                      database.rowsAlone(
                          ONE + " FROM (SELECT pg_advisory_xact_lock($1)) AS held",
                          row -> row.number("one"),
                          KEY)));
    }

    /** Whether a backend waits that is another one than this. */
    boolean waitsBeside(String backend) {
      return !Sql.text(WAITING, backend).equals("0");
    }

    /** Ends the backend that waits, another one than before; its number. */
    String endTheWaiting(String before) {
      Await.until("it waits", Duration.ofSeconds(3), () -> waitsBeside(before));
      String backend = Sql.text(WAITING, before);
      Sql.run("SELECT pg_terminate_backend(" + backend + ")");
      return backend;
    }

    @Override
    public void close() throws SQLException {
      holder.close();
    }
  }

  private CompletableFuture<Long> lockBoth(long first, long second, AtomicInteger tries) {
    return CompletableFuture.supplyAsync(
        () ->
            await(
                () ->
                    database.inTransaction(
                        () -> {
                          tries.incrementAndGet();
                          return database
                              .rows(LOCK, row -> true, first)
                              .chain(() -> database.rows(LOCK, row -> true, second))
                              .replaceWith(second);
                        })));
  }

  private static <T> T await(java.util.function.Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** What Mutiny could tell nobody. */
  private static final class DroppedLines extends Handler {
    private final List<String> lines;

    DroppedLines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      if (String.valueOf(line.getMessage()).contains("Mutiny had to drop")) {
        lines.add(line.getMessage() + ": " + line.getThrown());
      }
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
