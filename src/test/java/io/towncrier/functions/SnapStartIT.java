package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.Listeners;
import io.towncrier.testing.LoopbackAuthServer;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.Tokens;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a function that is stopped at its snapshot, and goes on as copies of it. */
@Tag("zip")
class SnapStartIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RESTORES = 1_000;
  private static final int VALUES = 6;
  private static final Map<String, String> SNAP_START =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  @Test
  void theSnapshotHoldsNoConnectionAndTheFirstRequestAfterItIsQuick() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    cell.publishSample();
    int before = cell.proxy().accepted();
    Map<String, String> environment = new HashMap<>(LoopbackCell.withoutDatabase());
    environment.putAll(SNAP_START);
    int primed = primed(FunctionPackage.CHECK);
    try (FunctionProcess check = cell.start(FunctionPackage.CHECK, environment)) {
      assertThat(primed(FunctionPackage.CHECK)).as("its hook has run").isEqualTo(primed + 1);
      assertThat(cell.proxy().accepted()).as("connections to the database").isEqualTo(before);
      assertThat(Listeners.canBeRead() ? Listeners.of(check.pid()) : 0).isZero();
      check.restore();
      long asked = System.nanoTime();
      String answer = check.invoke("{\"product\":\"towncrier_ax3000\",\"version\":\"1.2.0\"}");
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
      assertThat(JSON.readTree(answer).isObject()).isTrue();
      // Without a snapshot it is some seconds: the application starts then.
      assertThat(millis).as("first request after the restore, in ms").isLessThan(1_500);
    }
  }

  @Test
  void theAuthServerIsAskedWithTheFirstSignInAndNotBeforeTheSnapshot() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    try (LoopbackAuthServer server = new LoopbackAuthServer()) {
      Map<String, String> environment =
          Map.of(
              "QUARKUS_OIDC_PUBLIC_KEY", "",
              "QUARKUS_OIDC_AUTH_SERVER_URL", server.url(),
              "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      int primed = primed(FunctionPackage.API);
      try (FunctionProcess api = cell.start(FunctionPackage.API, environment)) {
        assertThat(primed(FunctionPackage.API)).as("its hook has run").isEqualTo(primed + 1);
        assertThat(server.asked()).isZero();
        api.restore();
        assertThat(status(api, Tokens.operator("olga"))).isEqualTo(200);
        assertThat(server.asked()).isPositive();
        assertThat(status(api, Tokens.operator("olga") + "x")).isEqualTo(401);
      }
    }
  }

  /** How often a hook before a snapshot has run to its end, in all that were started so far. */
  private static int primed(String handler) throws Exception {
    return FunctionProcess.logOf(handler).split("\"message\":\"primed\"", -1).length - 1;
  }

  private static int status(FunctionProcess api, String token) throws Exception {
    Map<String, String> headers = Map.of("authorization", "Bearer " + token);
    String event = LoopbackGateway.event("GET", "/v1/admin/notices", "", headers, null).toString();
    return JSON.readTree(api.invoke(event)).path("statusCode").asInt();
  }

  @Test
  void amongAThousandRestoresOfOneSnapshotNoIdAndNoSecretComesTwice() throws Exception {
    Path unpacked = LoopbackCell.shared().unpacked();
    String beside =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> path.contains("test-classes") || path.contains("jna"))
            .collect(Collectors.joining(File.pathSeparator));
    Path out = Files.createTempFile("restores", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // A copy has only the thread that made it: nobody collects garbage there.
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC",
            "-Xmx2g",
            "-Xint",
            "-cp",
            unpacked + File.pathSeparator + unpacked + "/lib/*" + File.pathSeparator + beside,
            RestoredCopies.class.getName(),
            out.toString(),
            Integer.toString(RESTORES));
    builder.environment().putAll(LoopbackCell.shared().environment());
    Path log = Path.of("target", "function-logs", "restores.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("see " + log).isTrue();
    assertThat(process.exitValue()).as("see " + log).isZero();

    List<String> made = Files.readAllLines(out);
    List<String> fresh =
        made.stream().filter(line -> !line.startsWith(RestoredCopies.KEPT)).toList();
    assertThat(fresh).hasSize(RESTORES * VALUES).doesNotHaveDuplicates();
    // What was seeded before is the same in all of them, or these were no copies.
    assertThat(made.stream().filter(line -> line.startsWith(RestoredCopies.KEPT)))
        .hasSize(RESTORES)
        .containsOnly(made.get(made.size() - 1));
  }
}
