package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPoolTest {
  /** Else a function behind a pooler binds what another connection has parsed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsSaidOfAPoolerIsKept(boolean pooler) {
    PgConnectOptions given = new PgConnectOptions();
    given.setUseLayer7Proxy(pooler).setHost("db.example").setDatabase("towncrier");

    PgConnectOptions bounded = BoundedPool.bounded(given);

    assertThat(bounded.getUseLayer7Proxy()).isEqualTo(pooler);
    assertThat(bounded.getHost()).isEqualTo("db.example");
    assertThat(bounded.getDatabase()).isEqualTo("towncrier");
    assertThat(bounded.isTcpKeepAlive()).isTrue();
  }
}
