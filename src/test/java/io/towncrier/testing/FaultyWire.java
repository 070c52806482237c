package io.towncrier.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP to a loopback port. It counts the connections, and can carry slowly, or not at all: with
 * silence, or by hanging up.
 */
public final class FaultyWire implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile boolean cut;
  private volatile long millisMore;

  public FaultyWire(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many connections were made so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Takes connections and bytes, and carries none. */
  public void beSilent() {
    silent = true;
  }

  /** Carries each piece so much later. */
  public void beSlow(Duration each) {
    millisMore = each.toMillis();
  }

  /** Hangs up on everybody, now and later. */
  public void cut() throws IOException {
    cut = true;
    reset();
  }

  /** Hangs up on everybody, with a reset: what was not read yet is gone. Later ones are served. */
  public void reset() throws IOException {
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException closed) {
        // Its other end was faster.
      }
      socket.close();
    }
  }

  /** Carries again; what it took in silence is carried now, as by a process that goes on. */
  public void carry() {
    cut = false;
    silent = false;
    millisMore = 0;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket in = server.accept();
        if (cut) {
          in.close();
          continue;
        }
        accepted.incrementAndGet();
        Socket out;
        try {
          out = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException away) {
          in.close();
          continue;
        }
        open.add(in);
        open.add(out);
        daemon(() -> copy(in, out));
        daemon(() -> copy(out, in));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        while (silent && !cut) {
          Await.aWhile(Duration.ofMillis(10));
        }
        if (millisMore > 0) {
          Await.aWhile(Duration.ofMillis(millisMore));
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException closed) {
      // Either side may hang up first; the other is closed with it.
    } finally {
      open.remove(from);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
