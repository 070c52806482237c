package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.Tokens;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Functions that sign in at the database by tokens of IAM, through the pool with its bounds. */
@Tag("zip")
class FunctionIamIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void eachNewConnectionShowsATokenForThisDatabaseAndThisUser() throws Exception {
    try (AskingForAPassword database = new AskingForAPassword();
        FunctionProcess api =
            LoopbackCell.shared()
                .start(
                    FunctionPackage.API,
                    Map.of(
                        "TOWNCRIER_DATABASE_IAM", "true",
                        "QUARKUS_DATASOURCE_USERNAME", "towncrier",
                        "QUARKUS_DATASOURCE_PASSWORD", "",
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                            "postgresql://127.0.0.1:" + database.port() + "/towncrier"))) {
      assertThat(status(api)).as("the token is refused").isEqualTo(503);
      assertThat(status(api)).isEqualTo(503);
      assertThat(database.shown())
          .hasSizeGreaterThan(1)
          .allSatisfy(
              token ->
                  assertThat(token)
                      .startsWith("127.0.0.1:" + database.port() + "/?")
                      .contains("Action=connect", "DBUser=towncrier&")
                      .contains("X-Amz-Expires=900", "eu-central-1%2Frds-db", "X-Amz-Signature="));
      assertThat(api.log()).doesNotContain("X-Amz-Signature");
    }
  }

  @Test
  void withATokenThatIsAcceptedItReadsAndWrites() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    cell.publishSample();
    // The pooler of the tests takes any password.
    try (FunctionProcess api =
        cell.start(
            FunctionPackage.API,
            Map.of("TOWNCRIER_DATABASE_IAM", "true", "QUARKUS_DATASOURCE_PASSWORD", ""))) {
      assertThat(status(api)).isEqualTo(200);
    }
  }

  private static int status(FunctionProcess api) throws Exception {
    Map<String, String> headers = Map.of("authorization", "Bearer " + Tokens.operator("olga"));
    JsonNode answer =
        JSON.readTree(
            api.invoke(
                LoopbackGateway.event("GET", "/v1/admin/notices", "", headers, null).toString()));
    return answer.path("statusCode").asInt();
  }

  /**
   * As much of PostgreSQL as it takes to be shown a password (PostgreSQL 17, "Message Formats"):
   * each is refused.
   */
  private static final class AskingForAPassword implements AutoCloseable {
    private static final byte[] REFUSAL =
        "SFATAL\0C28P01\0Mno\0\0".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> shown = new CopyOnWriteArrayList<>();

    AskingForAPassword() throws IOException {
      Thread thread = new Thread(this::accept, "asking-for-a-password");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    List<String> shown() {
      return shown;
    }

    private void accept() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          talk(connection);
        } catch (IOException ended) {
          // The next one.
        }
      }
    }

    private void talk(Socket connection) throws IOException {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      DataOutputStream out = new DataOutputStream(connection.getOutputStream());
      in.readNBytes(in.readInt() - Integer.BYTES);
      out.writeByte('R');
      out.writeInt(8);
      out.writeInt(3);
      out.flush();
      if (in.readByte() == 'p') {
        byte[] password = in.readNBytes(in.readInt() - Integer.BYTES);
        shown.add(new String(password, 0, password.length - 1, StandardCharsets.UTF_8));
      }
      out.writeByte('E');
      out.writeInt(Integer.BYTES + REFUSAL.length);
      out.write(REFUSAL);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
