package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import io.towncrier.testing.ZoneFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server with the time zones of a newer JDK. */
@Tag("zoneless")
class RenewedZonesIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestPostgres POSTGRES = new TestPostgres();

  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    POSTGRES.start();
  }

  @AfterAll
  static void stop() {
    POSTGRES.stop();
  }

  @Test
  void aZoneThatOnlyTheNewerDataHaveIsKnownFromTheStartOn() throws Exception {
    Path newer = directory.resolve("tzdb.dat");
    Files.write(
        newer,
        ZoneFile.altered("2999a", "Mexico/BajaNorte", "Africa/Abidjan", "Mars/Olympus_Mons"));
    PackagedServer server = server(newer);
    try {
      server.startIfDead();
      assertThat(server.log()).contains("time zone data: 2999a of " + newer, ": 2999a counts");
      send(
          server,
          "POST",
          "/v1/admin/catalogue",
          TestPostgres.OPERATOR_TOKEN,
          Api.sampleCatalogue());
      assertThat(ignored(server, "Mars/Olympus_Mons")).isEmpty();
      assertThat(ignored(server, "Mexico/BajaNorte")).isEmpty();
      assertThat(ignored(server, "Mars/Elysium")).containsExactly("timezone");

      JsonNode phone =
          send(
              server,
              "POST",
              "/v1/devices",
              "",
              """
              {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
               "timezone":"mars/olympus mons","language":"en"}
              """);
      assertThat(
              send(
                      server,
                      "GET",
                      "/v1/devices/" + phone.path("deviceId").asText(),
                      phone.path("secret").asText(),
                      "")
                  .path("timezone")
                  .asText())
          .isEqualTo("Mars/Olympus_Mons");
    } finally {
      server.kill();
    }
  }

  @Test
  void aFileThatCannotBeReadEndsTheStartAndIsNamed() throws Exception {
    Path bad = Files.writeString(directory.resolve("bad"), "TZif2");
    PackagedServer server = server(bad);
    try {
      assertThatThrownBy(server::startIfDead).isInstanceOf(IllegalStateException.class);
      assertThat(server.log())
          .contains("Towncrier does not start: ", "TOWNCRIER_ZONE_DATA", bad.toString());
    } finally {
      server.kill();
    }
  }

  private static PackagedServer server(Path zones) throws Exception {
    return new PackagedServer(
        POSTGRES.url(),
        Map.of(
            "TOWNCRIER_OPERATOR_TOKEN",
            TestPostgres.OPERATOR_TOKEN,
            "TOWNCRIER_ZONE_DATA",
            zones.toString()));
  }

  private static List<String> ignored(PackagedServer server, String zone) throws Exception {
    JsonNode answer =
        send(
            server,
            "POST",
            "/v1/devices",
            "",
            """
            {"kind":"phone","product":"router-app-android","version":"3.0.1","timezone":"%s"}
            """
                .formatted(zone));
    List<String> ignored = new ArrayList<>();
    answer.path("ignored").forEach(fact -> ignored.add(fact.asText()));
    return ignored;
  }

  private static JsonNode send(
      PackagedServer server, String method, String path, String credential, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!credential.isEmpty()) {
      request.header("Authorization", "Bearer " + credential);
    }
    HttpResponse<String> answer =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }
}
