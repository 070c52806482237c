package io.towncrier.testing;

import io.towncrier.platform.postgres.RoleGrants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * What a cell of AWS has around the functions, on loopback: PostgreSQL behind a pooler in
 * transaction mode, queues, object storage, FCM.
 */
public final class LoopbackCell implements AutoCloseable {
  public static final String SNAPSHOT = "catalogue/snapshot";
  public static final String WITNESS = "installation/witness";

  private static LoopbackCell shared;

  private final TestPostgres postgres = new TestPostgres();
  private final LoopbackFcm fcm = new LoopbackFcm();
  private final LoopbackSqs sqs = new LoopbackSqs();
  private final LoopbackS3 s3 = new LoopbackS3();
  private final Path unpacked = FunctionPackage.unpack();
  private final KeyPair keys = keys();
  private final PgBouncer pooler;
  private final FaultyWire proxy;
  private final String plan = sqs.queue("plan", 30);
  private final String deliver = sqs.queue("deliver", 30);

  /** The one of all tests of a JVM; it ends with it. */
  public static synchronized LoopbackCell shared() throws IOException {
    if (shared == null) {
      shared = new LoopbackCell();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      shared.close();
                    } catch (Exception failure) {
                      throw new IllegalStateException(failure);
                    }
                  }));
    }
    return shared;
  }

  public LoopbackCell() throws IOException {
    postgres.start();
    try (Connection superuser = postgres.connect()) {
      SenderRole.make(superuser);
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
    fcm.start();
    pooler = new PgBouncer(postgres.port());
    proxy = new FaultyWire(pooler.port());
  }

  /** A function of the package; what is given counts before what all have. */
  public FunctionProcess start(String handler, Map<String, String> given)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(environment());
    if (handler.equals(FunctionPackage.DELIVER) || handler.equals(FunctionPackage.TICK)) {
      environment.put("TOWNCRIER_WITNESS_BUCKET", LoopbackS3.BUCKET);
      environment.put("TOWNCRIER_WITNESS_OBJECT", WITNESS);
    }
    if (handler.equals(FunctionPackage.DELIVER)) {
      environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", url(PgBouncer.AS_SENDER));
      environment.put("QUARKUS_DATASOURCE_USERNAME", RoleGrants.SENDER);
    }
    environment.putAll(given);
    environment.values().removeIf(String::isEmpty);
    return new FunctionProcess(unpacked, handler, environment);
  }

  public FunctionProcess start(String handler) throws IOException, InterruptedException {
    return start(handler, Map.of());
  }

  /** Imports the sample catalogue, and so publishes a snapshot. */
  public void publishSample() throws Exception {
    try (FunctionProcess api = start(FunctionPackage.API)) {
      String event =
          LoopbackGateway.event(
                  "POST",
                  "/v1/admin/catalogue",
                  "",
                  Map.of(
                      "content-type",
                      "application/json",
                      "authorization",
                      "Bearer " + Tokens.operator("olga")),
                  Api.sampleCatalogue())
              .toString();
      String result = api.invoke(event);
      if (!result.contains("\"statusCode\":200")) {
        throw new IllegalStateException(result);
      }
    }
  }

  /** What a function without a database has. */
  public static Map<String, String> withoutDatabase() {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "",
        "QUARKUS_DATASOURCE_USERNAME",
        "",
        "QUARKUS_DATASOURCE_PASSWORD",
        "",
        "TOWNCRIER_MASTER_KEY",
        "",
        "TOWNCRIER_SNAPSHOT_SIGNING_KEY",
        "");
  }

  public Map<String, String> environment() {
    Map<String, String> all = new HashMap<>();
    all.put("QUARKUS_DATASOURCE_REACTIVE_URL", url("postgres"));
    all.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    all.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    all.put("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "disable");
    all.put("QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey());
    all.put("QUARKUS_OIDC_TOKEN_ISSUER", Tokens.ISSUER);
    all.put("QUARKUS_OIDC_TOKEN_AUDIENCE", Tokens.AUDIENCE);
    all.put("TOWNCRIER_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    all.put("TOWNCRIER_OPERATOR_TOKEN", "op_that_must_not_count_in_lambda");
    all.put("TOWNCRIER_DEVICES_REGISTRATION_BURST", "1000000");
    all.put("TOWNCRIER_FCM_CREDENTIALS", fcm.credentials().toString());
    all.put("TOWNCRIER_FCM_ENDPOINT", fcm.endpoint());
    all.put("TOWNCRIER_QUEUES_PLAN", plan);
    all.put("TOWNCRIER_QUEUES_DELIVER", deliver);
    all.put("TOWNCRIER_SNAPSHOT_BUCKET", LoopbackS3.BUCKET);
    all.put("TOWNCRIER_SNAPSHOT_PUBLIC_KEY", base64(keys.getPublic().getEncoded()));
    all.put("TOWNCRIER_SNAPSHOT_SIGNING_KEY", base64(keys.getPrivate().getEncoded()));
    all.put("TOWNCRIER_AWS_ENDPOINT_SQS", sqs.endpoint().toString());
    all.put("TOWNCRIER_AWS_ENDPOINT_S3", s3.endpoint().toString());
    // What Lambda gives every function.
    all.put("AWS_REGION", "eu-central-1");
    all.put("AWS_ACCESS_KEY_ID", "test");
    all.put("AWS_SECRET_ACCESS_KEY", "test");
    return all;
  }

  private String url(String database) {
    return "postgresql://127.0.0.1:" + proxy.port() + "/" + database;
  }

  /** How many migrations there are. */
  public int migrations() throws IOException {
    try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
      return (int) (files.count() + ServiceLoader.load(JavaMigration.class).stream().count());
    }
  }

  public TestPostgres postgres() {
    return postgres;
  }

  public LoopbackFcm fcm() {
    return fcm;
  }

  public LoopbackSqs sqs() {
    return sqs;
  }

  public LoopbackS3 s3() {
    return s3;
  }

  /** Before the pooler. */
  public FaultyWire proxy() {
    return proxy;
  }

  public PgBouncer pooler() {
    return pooler;
  }

  public Path unpacked() {
    return unpacked;
  }

  /** URLs. */
  public String planQueue() {
    return plan;
  }

  public String deliverQueue() {
    return deliver;
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() throws Exception {
    proxy.close();
    pooler.close();
    s3.close();
    sqs.close();
    fcm.stop();
    postgres.stop();
  }
}
