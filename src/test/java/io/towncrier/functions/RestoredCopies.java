package io.towncrier.functions;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.tracing.TraceIds;
import io.towncrier.privacy.KeyCheck;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Vault;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/**
 * Comes to the snapshot of a function, and then makes copies of itself: a fork has the very memory
 * of its parent, as what is restored has that of the snapshot. Each copy writes the ids and secrets
 * that it makes first. Only the forking thread lives on in a copy, so it works without event loops.
 */
final class RestoredCopies {
  /** Begins what a generator gave that was seeded before the snapshot. */
  static final String KEPT = "kept ";

  private static final Random SEEDED_BEFORE = new Random();
  private static final int WITHOUT_WAITING = 1;
  private static final int SIGKILL = 9;
  private static final int MOST_STUCK = 20;

  private RestoredCopies() {}

  /** Of the C library, POSIX. */
  interface Posix extends Library {
    int fork();

    int waitpid(int pid, IntByReference status, int options);

    int kill(int pid, int signal);

    void _exit(int code);
  }

  public static void main(String... arguments) {
    try {
      run(arguments);
      System.exit(0);
    } catch (Exception failure) {
      failure.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(String... arguments) throws Exception {
    Posix posix = Native.load("c", Posix.class);
    Functions.initialize();
    Vault vault = Functions.bean(Vault.class);
    // They are opened with the database, and a copy has no thread to ask it.
    Functions.bean(KeyCheck.class).require().await().atMost(Duration.ofSeconds(60));
    // Whatever a first use makes, and would keep, is made before.
    made(vault);
    Priming.application();
    // The JDK keeps what it has read of the system's random source for a tenth of a second; no
    // snapshot is restored so soon.
    Thread.sleep(1_000);
    try (FileOutputStream out = new FileOutputStream(arguments[0], true)) {
      int copies = Integer.parseInt(arguments[1]);
      int stuck = 0;
      for (int i = 0; i < copies; i++) {
        int pid = posix.fork();
        if (pid == 0) {
          out.write(made(vault).getBytes(StandardCharsets.US_ASCII));
          posix._exit(0);
        }
        if (!hasEnded(posix, pid)) {
          // A thread that the copy does not have held a lock of the JVM when it was made. What is
          // restored has all threads: such a copy says nothing, and another takes its place.
          i--;
          if (++stuck > MOST_STUCK) {
            throw new IllegalStateException(stuck + " copies have got stuck");
          }
        }
      }
    }
  }

  private static boolean hasEnded(Posix posix, int pid) throws InterruptedException {
    IntByReference status = new IntByReference();
    for (int i = 0; i < 5_000; i++) {
      if (posix.waitpid(pid, status, WITHOUT_WAITING) == pid) {
        if (status.getValue() != 0) {
          throw new IllegalStateException("a copy ended with " + status.getValue());
        }
        return true;
      }
      Thread.sleep(1);
    }
    posix.kill(pid, SIGKILL);
    posix.waitpid(pid, status, 0);
    return false;
  }

  private static String made(Vault vault) {
    byte[] sealed = vault.seal(new Secret("text"), new Place("table", "column", "row")).bytes();
    return String.join(
            "\n",
            Ids.next("dev"),
            Ids.nextSecret("sec").reveal(),
            Ids.nextSecret("chl").reveal(),
            UUID.randomUUID().toString(),
            HexFormat.of().formatHex(sealed),
            TraceIds.next(),
            KEPT + SEEDED_BEFORE.nextLong())
        + "\n";
  }
}
