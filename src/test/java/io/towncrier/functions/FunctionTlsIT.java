package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.SelfSigned;
import io.towncrier.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Functions talk to a database whose certificate they can verify, and to no other. */
@Tag("zip")
class FunctionTlsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aDatabaseIsReachedByTlsAloneAndOnlyIfItsAuthorityIsTrusted() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    SelfSigned identity = SelfSigned.make();
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", identity.certificate().toString())
            .setServerConfig("ssl_key_file", identity.key().toString())
            .start()) {
      withRole(postgres);
      Map<String, String> trusting = trusting(postgres.getPort(), identity.certificate());
      try (FunctionProcess migrate = cell.start(FunctionPackage.MIGRATE, trusting)) {
        assertThat(JSON.readTree(migrate.invoke("{}")).path("migrations").asInt())
            .isEqualTo(cell.migrations());
      }
      assertThat(status(cell, trusting)).isEqualTo(200);

      Path other = SelfSigned.make().certificate();
      assertThat(status(cell, trusting(postgres.getPort(), other))).isEqualTo(503);
      assertThat(status(cell, byTheJdk(postgres.getPort()))).isEqualTo(503);
      try (FunctionProcess migrate =
          cell.start(FunctionPackage.MIGRATE, trusting(postgres.getPort(), other))) {
        assertThat(migrate.invoke("{}")).startsWith("error ");
      }
    }
    // One that speaks no TLS at all.
    assertThat(status(cell, trusting(cell.postgres().port(), identity.certificate())))
        .isEqualTo(503);
  }

  /** As roles.sql makes it, before anybody migrates. */
  private static void withRole(EmbeddedPostgres postgres) throws SQLException {
    try (Connection superuser = postgres.getPostgresDatabase().getConnection();
        Statement statement = superuser.createStatement()) {
      statement.execute("CREATE ROLE towncrier_sender LOGIN");
    }
  }

  /** As the roots of RDS are named. */
  private static Map<String, String> trusting(int port, Path pem) {
    Map<String, String> all = new HashMap<>(byTheJdk(port));
    all.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_JKS", "false");
    all.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true");
    all.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", pem.toString());
    return all;
  }

  /** As it is when nothing is said. */
  private static Map<String, String> byTheJdk(int port) {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://localhost:" + port + "/postgres",
        "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE",
        "");
  }

  private static int status(LoopbackCell cell, Map<String, String> environment) throws Exception {
    try (FunctionProcess api = cell.start(FunctionPackage.API, environment)) {
      Map<String, String> headers = Map.of("authorization", "Bearer " + Tokens.operator("olga"));
      int status = asked(api, headers);
      // On a loaded machine the first handshake of a JVM may outlast the time of one answer.
      return status == 503 ? asked(api, headers) : status;
    }
  }

  private static int asked(FunctionProcess api, Map<String, String> headers) throws Exception {
    JsonNode answer =
        JSON.readTree(
            api.invoke(
                LoopbackGateway.event("GET", "/v1/admin/notices", "", headers, null).toString()));
    return answer.path("statusCode").asInt();
  }
}
