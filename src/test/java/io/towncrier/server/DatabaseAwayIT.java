package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server that is started while its database is away. */
@BesideTheApplication
@Tag("zoneless")
class DatabaseAwayIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CHECK = "/v1/products/towncrier_ax3000/update?version=1.2.0";
  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1",
       "country":"DE","timezone":"Europe/Berlin","language":"de"}
      """;

  @TempDir Path directory;

  @Test
  void checksAreAnsweredFromTheKeptSnapshotUntilTheDatabaseIsThere() throws Exception {
    EmbeddedPostgres postgres = database(0);
    int databasePort = postgres.getPort();
    PackagedServer server =
        new PackagedServer(
            "postgresql://127.0.0.1:" + databasePort + "/postgres",
            Map.of(
                "TOWNCRIER_OPERATOR_TOKEN",
                TestPostgres.OPERATOR_TOKEN,
                "TOWNCRIER_SERVER_KEEP_SNAPSHOT_EVERY",
                "0.2s"));
    try {
      server.startIfDead();
      assertThat(post(server, "/v1/admin/catalogue", Api.sampleCatalogue()).statusCode())
          .isEqualTo(200);
      String before = get(server, CHECK).body();
      Await.aWhile(Duration.ofSeconds(2));
      server.kill();
      postgres.close();

      server.startIfDead();
      HttpResponse<String> check = get(server, CHECK);
      assertThat(check.statusCode()).isEqualTo(200);
      assertThat(check.body()).isEqualTo(before);
      HttpResponse<String> refused = post(server, "/v1/devices", PHONE);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("database-unavailable");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(get(server, "/q/health/ready").statusCode()).isEqualTo(200);

      postgres = database(databasePort);
      Await.patiently(
          "what needs the database works",
          () -> {
            try {
              return post(server, "/v1/devices", PHONE).statusCode() == 201;
            } catch (IOException broken) {
              throw new UncheckedIOException(broken);
            }
          });
      assertThat(get(server, CHECK).body()).isEqualTo(before);
    } finally {
      server.kill();
      postgres.close();
    }
  }

  @Test
  void withoutAKeptSnapshotChecksAreToldToComeAgain() throws Exception {
    PackagedServer server =
        new PackagedServer(
            "postgresql://127.0.0.1:1/none",
            Map.of("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN));
    try {
      server.startIfDead();
      HttpResponse<String> check = get(server, CHECK);
      assertThat(check.statusCode()).isEqualTo(503);
      assertThat(check.body()).contains("database-unavailable");
      assertThat(check.headers().firstValue("Retry-After")).isPresent();
    } finally {
      server.kill();
    }
  }

  private EmbeddedPostgres database(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("postgres"))
            .setCleanDataDirectory(false);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  private static HttpResponse<String> get(PackagedServer server, String path) throws IOException {
    return send(request(server, path).GET());
  }

  private static HttpResponse<String> post(PackagedServer server, String path, String body)
      throws IOException {
    return send(
        request(server, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(PackagedServer server, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return path.startsWith("/v1/admin")
        ? request.header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN)
        : request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return CLIENT.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
