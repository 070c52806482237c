package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.database.DatabaseUnavailable;
import io.towncrier.platform.database.DatabaseUnavailable.Why;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "53100, FULL", "53200, FULL", "58030, FULL", "55P03, LOCKED", "57014, LOCKED", "40P01, LOCKED",
    "40001, LOCKED", "57P01, AWAY", "57P03, AWAY", "25P03, AWAY", "25006, AWAY", "53300, AWAY",
    "08006, AWAY", "08P01, AWAY", "28P01, AWAY", "3D000, AWAY"
  })
  void whatPassesByItselfIsToldAsSuch(String state, Why why) {
    PgException error = new PgException("m", "FATAL", state, "d");
    assertThat(why(error)).isEqualTo(why);
    assertThat(why(new CompletionException(new RuntimeException(error)))).isEqualTo(why);
    // As Hibernate Reactive translates it.
    assertThat(why(new IllegalStateException(new SQLException("m", state)))).isEqualTo(why);
  }

  @Test
  void aConnectionThatIsNoneIsToldAsSuch() {
    assertThat(why(new ConnectException("refused"))).isEqualTo(Why.AWAY);
    assertThat(why(new CompletionException(ClosedConnectionException.INSTANCE)))
        .isEqualTo(Why.AWAY);
    assertThat(why(new VertxException("Timeout waiting for connection", true)))
        .isEqualTo(Why.SILENT);
    assertThat(why(new NoStackTraceThrowable("Timeout"))).as("of the pool").isEqualTo(Why.SILENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42P01", "22P02", "42501", "22012", "P0001"})
  void aBugStaysABug(String state) {
    PgException error = new PgException("m", "ERROR", state, "d");
    assertThat(SqlFailures.told(error)).isSameAs(error);
  }

  private static Why why(Throwable failure) {
    return ((DatabaseUnavailable) SqlFailures.told(failure)).why();
  }
}
