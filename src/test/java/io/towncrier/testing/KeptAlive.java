package io.towncrier.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection to a loopback port, with many requests in a row on it: for a million of them. */
public final class KeptAlive implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST = 1 << 20;

  private final Socket socket;
  private final InputStream in;

  public KeptAlive(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /**
   * What came back.
   *
   * @param headers by their names in small letters
   */
  public record Answer(int status, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /**
   * Asks for all before it reads the first answer.
   *
   * @param paths with their queries, escaped
   * @param tags for If-None-Match, one for each path; or none at all
   */
  public List<Answer> get(List<String> paths, List<String> tags) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < paths.size(); i++) {
      requests.append("GET ").append(paths.get(i)).append(" HTTP/1.1\r\nHost: localhost\r\n");
      if (!tags.isEmpty()) {
        requests.append("If-None-Match: ").append(tags.get(i)).append("\r\n");
      }
      requests.append("\r\n");
    }
    socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      answers.add(read());
    }
    return answers;
  }

  private Answer read() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = status == 304 ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > LONGEST) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection has ended");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
