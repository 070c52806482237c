package io.towncrier.testing;

import java.util.List;
import java.util.Optional;

/** Names are looked up in src/test/hosts alone, in every process of a test run. */
public final class LookUps {
  /** Stands in that file and nowhere else. */
  public static final String MARKER = "found.in.tests.alone";

  private static final String FILE = "jdk.net.hosts.file";

  private LookUps() {}

  /** For the command line of a process; none where the tests themselves have none. */
  static List<String> flags() {
    return Optional.ofNullable(System.getProperty(FILE))
        .map(file -> List.of("-D" + FILE + "=" + file, "-Dvertx.disableDnsResolver=true"))
        .orElse(List.of());
  }
}
