package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two drivers deliver rows: Hibernate's connection in a transaction, and the client itself. */
@QuarkusTest
class RowIT {
  private static final String VALUES =
      """
      SELECT 'word' AS word, 7 AS small, 8000000000 AS large, 0.5::double precision AS share,
        true AS is_set, ARRAY['a', 'b'] AS words, timestamptz '2026-01-02 03:04:05.678+01' AS moment,
        date '2026-01-02' AS day, time '22:30' AS bedtime, decode('01ff', 'hex') AS bytes,
        NULL::text AS no_word, NULL::bigint AS no_number, NULL::timestamptz AS no_moment,
        NULL::date AS no_day, NULL::time AS no_time, NULL::bytea AS no_bytes
      """;

  // Functions and casts, of which PostgreSQL makes names of its own, and a query of several parts.
  private static final String NAMED =
      """
      SELECT channel.rank::text, count(*) AS channels FROM channel
      WHERE false
      GROUP BY channel.rank
      UNION ALL
      SELECT 'second', 2
      """;

  private final Database database;

  RowIT(Database database) {
    this.database = database;
  }

  /** The ways of asking. */
  enum Way {
    IN_A_TRANSACTION {
      @Override
      <T> Uni<List<T>> ask(Database database, String sql, Function<Row, T> mapper) {
        return database.inTransaction(() -> database.rows(sql, mapper));
      }
    },
    ALONE {
      @Override
      <T> Uni<List<T>> ask(Database database, String sql, Function<Row, T> mapper) {
        return database.rowsAlone(sql, mapper);
      }
    };

    abstract <T> Uni<List<T>> ask(Database database, String sql, Function<Row, T> mapper);
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreReadByTheNamesOfTheirColumns(Way way) {
    assertThat(ask(way, VALUES, RowIT::present))
        .containsExactly(
            List.of(
                "word",
                7L,
                8_000_000_000L,
                0.5,
                true,
                List.of("a", "b"),
                Instant.parse("2026-01-02T02:04:05.678Z"),
                Optional.of(LocalDate.of(2026, 1, 2)),
                Optional.of(LocalTime.of(22, 30)),
                Optional.of("01ff")));
    assertThat(ask(way, NAMED, row -> row.text("rank") + row.number("channels")))
        .containsExactly("second2");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsEmptyAndWhereItMayNotBeItThrows(Way way) {
    assertThat(ask(way, VALUES, RowIT::presentOfAbsent)).containsExactly(0L);
    assertThatThrownBy(() -> ask(way, VALUES, row -> row.text("no_word")))
        .hasMessageContaining("column no_word is null");
  }

  @ParameterizedTest
  @EnumSource
  void aNameThatTheStatementDoesNotHaveThrowsWithThoseThatItHas(Way way) {
    assertThatThrownBy(() -> ask(way, "SELECT 1 AS one, 2 AS two", row -> row.number("three")))
        .hasMessageContaining("column three does not stand once among [one, two]");
  }

  @ParameterizedTest
  @EnumSource
  void aNameThatStandsTwiceThrows(Way way) {
    String twice = "SELECT 1 AS one, 2 AS two, 3 AS one";
    assertThat(ask(way, twice, row -> row.number("two"))).containsExactly(2L);
    assertThatThrownBy(() -> ask(way, twice, row -> row.number("one")))
        .hasMessageContaining("column one does not stand once among [one, two, one]");
  }

  private static List<Object> present(Row row) {
    return List.of(
        row.text("word"),
        row.number("small"),
        row.number("large"),
        row.real("share"),
        row.flag("is_set"),
        row.texts("words"),
        row.instant("moment"),
        row.optionalDate("day"),
        row.optionalTime("bedtime"),
        row.optionalBytes("bytes").map(HexFormat.of()::formatHex));
  }

  /** How many of the columns without a value have one. */
  private static long presentOfAbsent(Row row) {
    return Stream.of(
            row.optionalText("no_word"),
            row.optionalNumber("no_number"),
            row.optionalInstant("no_moment"),
            row.optionalDate("no_day"),
            row.optionalTime("no_time"),
            row.optionalBytes("no_bytes"))
        .filter(Optional::isPresent)
        .count();
  }

  private <T> List<T> ask(Way way, String sql, Function<Row, T> mapper) {
    try {
      return VertxContextSupport.subscribeAndAwait(() -> way.ask(database, sql, mapper));
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }
}
