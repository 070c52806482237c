package io.towncrier.platform.aws;

import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * With what a function signs in at the database: asked for every new connection. With IAM a request
 * to connect is signed, and is the password for a quarter of an hour (Amazon RDS User Guide, "IAM
 * database authentication"); no password is kept anywhere.
 */
@ApplicationScoped
@Unremovable
@Named(DatabaseCredentials.NAME)
public class DatabaseCredentials implements CredentialsProvider {
  /** As {@code quarkus.datasource.credentials-provider} calls it. */
  static final String NAME = "towncrier-database";

  private static final Duration LIFE = Duration.ofMinutes(15);

  private final Config config;
  private final DatabaseConfig database;

  DatabaseCredentials(Config config, DatabaseConfig database) {
    this.config = config;
    this.database = database;
  }

  @Override
  public Map<String, String> getCredentials(String name) {
    return of(setting("quarkus.datasource.reactive.url").orElse(""));
  }

  /**
   * User and password for a database.
   *
   * @param url {@code postgresql://host:port/name}
   */
  public Map<String, String> of(String url) {
    String user = setting("quarkus.datasource.username").orElse("");
    String password =
        database.iam()
            ? token(URI.create(url), user, DefaultCredentialsProvider.builder().build())
            : setting("quarkus.datasource.password").orElse("");
    return Map.of(USER_PROPERTY_NAME, user, PASSWORD_PROPERTY_NAME, password);
  }

  static String token(URI database, String user, AwsCredentialsProvider credentials) {
    int port = database.getPort() < 0 ? 5432 : database.getPort();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol("https")
            .host(database.getHost())
            .port(port)
            .encodedPath("/")
            .appendRawQueryParameter("Action", "connect")
            .appendRawQueryParameter("DBUser", user)
            .build();
    URI signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(credentials.resolveCredentials())
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(
                            AwsV4HttpSigner.REGION_NAME,
                            new DefaultAwsRegionProviderChain().getRegion().id())
                        .putProperty(
                            AwsV4FamilyHttpSigner.AUTH_LOCATION,
                            AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, LIFE))
            .request()
            .getUri();
    // The token is the URL without its scheme.
    return signed.toString().substring("https://".length());
  }

  private Optional<String> setting(String name) {
    return config.getOptionalValue(name, String.class);
  }
}
