package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.quarkus.credentials.CredentialsProvider;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.aws.DatabaseCredentials;
import io.towncrier.platform.postgres.JdbcTarget;
import io.towncrier.platform.postgres.Migrations;
import io.towncrier.platform.postgres.RoleGrants;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Handler {@code io.towncrier.functions.MigrateFunction::handle}: brings the schema up to date,
 * before an alias moves to the version that needs it; the version before goes on meanwhile
 * (docs/adr/0019). Then it gives the role that sends its columns (docs/adr/0067). It fails when it
 * cannot, also where a cell that is older than the role has none, and the deployment with it.
 */
public final class MigrateFunction {
  private static final int TRIES = 1;

  public MigrateFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run("migrate", context, () -> migrate(result));
  }

  private static void migrate(OutputStream result) throws IOException {
    Config config = ConfigProvider.getConfig();
    String url = config.getValue("quarkus.datasource.reactive.url", String.class);
    Map<String, String> credentials = Functions.bean(DatabaseCredentials.class).of(url);
    JdbcTarget target =
        target(
            url,
            Optional.ofNullable(credentials.get(CredentialsProvider.USER_PROPERTY_NAME)),
            Optional.ofNullable(credentials.get(CredentialsProvider.PASSWORD_PROPERTY_NAME)));
    Functions.json().writeValue(result, run(target.with(settings(config))));
  }

  private static JdbcTarget target(String url, Optional<String> user, Optional<String> password)
      throws IOException {
    try {
      return JdbcTarget.of(url, user, password);
    } catch (StartRefused refused) {
      throw new IOException(refused.getMessage());
    }
  }

  private static Map<String, Object> run(JdbcTarget target) throws IOException {
    try {
      int migrations = Migrations.run(target, TRIES);
      RoleGrants.give(target);
      return Map.of("migrations", migrations, "sender", true);
    } catch (StartRefused refused) {
      throw new IOException(refused.getMessage());
    }
  }

  /** As the reactive client is told; no statement is prepared, a pooler may stand between. */
  private static String settings(Config config) {
    String mode = config.getValue("quarkus.datasource.reactive.postgresql.ssl-mode", String.class);
    Optional<String> root =
        config.getOptionalValue(
            "quarkus.datasource.reactive.trust-certificate-pem.certs", String.class);
    String trust =
        root.map(pem -> "&sslrootcert=" + pem)
            .orElse("&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    return "prepareThreshold=0&sslmode=" + mode + ("disable".equals(mode) ? "" : trust);
  }
}
