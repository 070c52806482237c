package io.towncrier.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests that no well-behaved client can send, byte for byte. */
public final class RawHttp {
  private RawHttp() {}

  /**
   * What comes back of some bytes.
   *
   * @param text until the connection ends, or nothing has come for a while
   * @param closed whether the server has ended the connection
   */
  public record Answer(String text, boolean closed) {
    public int status() {
      return Integer.parseInt(text.substring(9, 12));
    }

    public String body() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }
  }

  /** Sends bytes (Latin-1) and reads; then ends the connection. */
  public static Answer send(int port, String bytes, Duration patience) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) patience.toMillis());
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    boolean closed = false;
    try {
      in.transferTo(seen);
      closed = true;
    } catch (SocketTimeoutException quiet) {
      // The connection stays open.
    }
    return new Answer(seen.toString(StandardCharsets.UTF_8), closed);
  }

  /** A request that ends with its head, for a connection that is to be closed. */
  public static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }
}
