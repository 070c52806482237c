package io.towncrier.privacy.processors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.testing.LookUps;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Where the whole service runs Vert.x finds no name of the outside either; it asks the JDK there.
 */
@Tag("zoneless")
class OutboundHostsIT {
  @Test
  void vertxLooksUpNamesThereToo() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      int port =
          vertx
              .createNetServer()
              .connectHandler(NetSocket::close)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get()
              .actualPort();
      connect(vertx, port, LookUps.MARKER);
      assertThatThrownBy(() -> connect(vertx, port, "fcm.googleapis.com"))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(UnknownHostException.class);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private static void connect(Vertx vertx, int port, String host) throws Exception {
    vertx.createNetClient().connect(port, host).toCompletionStage().toCompletableFuture().get();
  }
}
