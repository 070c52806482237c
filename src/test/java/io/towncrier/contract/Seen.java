package io.towncrier.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which answers of which operations were seen in this run of the tests. */
final class Seen {
  /** Of all classes and configurations of the run. */
  static final Path FILE = Path.of("target", "contract-seen.txt");

  private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();

  private Seen() {}

  static void note(String operation, int status, String code) {
    String line = operation + " " + status + (code.isEmpty() ? "" : " " + code);
    if (NOTED.add(line)) {
      try {
        Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  static Set<String> all() {
    try {
      return new TreeSet<>(Files.readAllLines(FILE));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
