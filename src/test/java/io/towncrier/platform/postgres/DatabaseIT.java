package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.database.DatabaseUnavailable;
import io.towncrier.testing.Await;
import io.towncrier.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseIT {
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
      "SELECT count(pg_terminate_backend(activity.pid)) " + THE_IDLE;

  private final Database database;

  DatabaseIT(Database database) {
    this.database = database;
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
  void onlyALightTransactionDoesNotWaitForTheDisk() {
    // Of the session itself nothing is changed: the next transaction may be of great weight.
    String source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'";

    assertThat(
            await(
                () -> database.inLightTransaction(() -> database.rows(source, row -> row.text(0)))))
        .containsExactly("session");
    for (int i = 0; i < 20; i++) {
      assertThat(
              await(() -> database.inTransaction(() -> database.rows(source, row -> row.text(0)))))
          .doesNotContain("session");
    }
    assertThat(
            await(
                () ->
                    database.inTransaction(
                        () ->
                            database.inLightTransaction(
                                () -> database.rows(source, row -> row.text(0))))))
        .as("as a part of another one")
        .doesNotContain("session");
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
        await(() -> database.rows("SELECT id FROM channel WHERE id = 'lost'", row -> row.text(0)));
    assertThat(found).isEmpty();
  }

  @Test
  void connectionsThatDiedInThePoolFailNobody() {
    for (int i = 0; i < 10; i++) {
      assertThat(await(() -> database.rows("SELECT 1", row -> row.number(0)))).containsExactly(1L);
      // By a connection that lives on, from under all others, again until there is none: one that
      // was at work is idle later, and what is ended in the middle of a transaction may fail.
      Await.until(
          "they are gone",
          Duration.ofSeconds(5),
          () -> await(() -> database.rows(END_THE_IDLE, row -> row.number(0))).get(0) == 0);
      List<CompletableFuture<List<Long>>> all =
          Stream.generate(
                  () ->
                      CompletableFuture.supplyAsync(
                          () ->
                              await(
                                  () ->
                                      database.inTransaction(
                                          () -> database.rows("SELECT 1", r -> r.number(0))))))
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
    Await.until(
        "they are gone",
        Duration.ofSeconds(5),
        () -> await(() -> database.rows(END_THE_IDLE, row -> row.number(0))).get(0) == 0);
    for (int i = 0; i < 16; i++) {
      assertThat(await(() -> database.rowsAlone("SELECT 1", row -> row.number(0))))
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
                          "SELECT 1 FROM (SELECT pg_advisory_xact_lock($1)) AS held",
                          row -> row.number(0),
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
                              .rows(LOCK, row -> row.number(0), first)
                              .chain(() -> database.rows(LOCK, row -> row.number(0), second))
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
}
