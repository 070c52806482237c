package io.towncrier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A name server that knows no name and remembers which it was asked for (RFC 1035). */
public final class LoopbackDns implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int FLAGS = 2;
  private static final int RESPONSE = 0x81;
  private static final int NO_SUCH_NAME = 0x83;

  private final DatagramSocket socket;
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  private LoopbackDns(DatagramSocket socket) {
    this.socket = socket;
  }

  public static LoopbackDns start() {
    try {
      LoopbackDns dns = new LoopbackDns(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
      Thread thread = new Thread(dns::serve, "loopback-dns");
      thread.setDaemon(true);
      thread.start();
      return dns;
    } catch (SocketException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** The names, without a dot at the end. */
  public Set<String> asked() {
    return Set.copyOf(asked);
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      try {
        DatagramPacket question = new DatagramPacket(buffer, buffer.length);
        socket.receive(question);
        byte[] answer = Arrays.copyOf(buffer, question.getLength());
        asked.add(name(answer));
        answer[FLAGS] = (byte) RESPONSE;
        answer[FLAGS + 1] = (byte) NO_SUCH_NAME;
        // The question alone: no additional record such as EDNS.
        Arrays.fill(answer, 6, HEADER, (byte) 0);
        int end = endOfQuestion(answer);
        socket.send(new DatagramPacket(answer, end, question.getSocketAddress()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static String name(byte[] packet) {
    StringBuilder name = new StringBuilder();
    for (int at = HEADER; packet[at] != 0; at += packet[at] + 1) {
      name.append(name.length() == 0 ? "" : ".")
          .append(new String(packet, at + 1, packet[at], StandardCharsets.US_ASCII));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  private static int endOfQuestion(byte[] packet) {
    int at = HEADER;
    while (packet[at] != 0) {
      at += packet[at] + 1;
    }
    return at + 5;
  }

  @Override
  public void close() {
    socket.close();
  }
}
