package io.towncrier.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which ports a process listens on, as Linux tells it. */
public final class Listeners {
  private static final String LISTEN = "0A";

  private Listeners() {}

  public static boolean canBeRead() {
    return Files.isReadable(Path.of("/proc/net/tcp"));
  }

  /** How many TCP sockets of the process are listening. */
  public static long of(long pid) throws IOException {
    Set<String> sockets;
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      sockets = files.map(Listeners::target).collect(Collectors.toSet());
    }
    long count = 0;
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      count +=
          Files.readAllLines(Path.of(table)).stream()
              .skip(1)
              .map(line -> line.trim().split("\\s+"))
              .filter(columns -> columns[3].equals(LISTEN))
              .filter(columns -> sockets.contains("socket:[" + columns[9] + "]"))
              .count();
    }
    return count;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      // Files of a running process come and go.
      return "";
    }
  }
}
