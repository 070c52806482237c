package io.towncrier.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders with the commands that a router has, and one downloader. They are outside of the test's
 * folder: deleting links of it is warned of, one by one.
 */
final class RouterCommands implements AutoCloseable {
  private static final List<String> ALWAYS =
      List.of(
          "sh",
          "cat",
          "mkdir",
          "mv",
          "rm",
          "cp",
          "sync",
          "cut",
          "awk",
          "sed",
          "sha256sum",
          "wc",
          "tr",
          "sleep",
          "grep");

  /** OpenWrt's own, whose wget is uclient-fetch. */
  static final String OPENWRTS_WGET = "wget of OpenWrt";

  /**
   * OpenWrt's uclient-fetch, as its source has it: an option that it does not have ends it with its
   * usage. It shows no headers; a refusal ends with 8, and its status is told unless it is quiet.
   * Its {@code -c} looks for a file with the URL's name, so beside {@code -O} it asks for no range.
   */
  private static final String UCLIENT_FETCH =
      """
      #!/bin/sh
      time=0 out='' first='' second='' data='' quiet=''
      while [ $# -gt 0 ]; do
        case $1 in
          -4 | -6 | -c | --continue) ;;
          -q | --quiet) quiet=yes ;;
          -O) out=$2; shift ;;
          -T | --timeout) time=$2; shift ;;
          --header) second=$first first=$2; shift ;;
          --post-data) data=$2; shift ;;
          -*)
            echo "Usage: uclient-fetch [options] <URL>" >&2
            echo "-O <file>, --quiet | -q, --continue | -c, --spider | -s, --timeout=N | -T N" >&2
            echo "--header='Header: value', --post-data=STRING" >&2
            exit 1 ;;
          *) url=$1 ;;
        esac
        shift
      done
      status=$("%s" -sS -f --connect-timeout "$time" -o "$out" -w '%%{http_code}' \
        ${first:+-H "$first"} ${second:+-H "$second"} ${data:+-d "$data"} -- "$url") && exit 0
      case $status in 000 | 2*) exit 4 ;; esac
      [ "$quiet" ] || echo "HTTP error $status" >&2
      exit 8
      """;

  private final Path bin;

  RouterCommands() throws IOException {
    bin = Files.createTempDirectory("router-commands");
  }

  /** With this downloader alone; those of OpenWrt are a stand-in. */
  Path with(String downloader) throws IOException {
    Path folder = Files.createDirectories(bin.resolve(downloader));
    for (String command : ALWAYS) {
      Files.createSymbolicLink(folder.resolve(command), Path.of(path(command)));
    }
    if (downloader.equals("uclient-fetch") || downloader.equals(OPENWRTS_WGET)) {
      String name = downloader.equals(OPENWRTS_WGET) ? "wget" : downloader;
      put(folder, name, UCLIENT_FETCH.formatted(path("curl")));
    } else {
      Files.createSymbolicLink(folder.resolve(downloader), Path.of(path(downloader)));
    }
    return folder;
  }

  /** Busybox' own commands, but for wget: its own crashes where it was linked without resolver. */
  Path busybox() throws Exception {
    Path folder = busyboxAlone();
    Files.delete(folder.resolve("wget"));
    Files.createSymbolicLink(folder.resolve("wget"), Path.of(path("wget")));
    return folder;
  }

  Path busyboxAlone() throws Exception {
    Path folder = Files.createDirectories(Files.createTempDirectory(bin, "busybox"));
    Process installed =
        new ProcessBuilder(path("busybox"), "--install", "-s", folder.toString()).start();
    if (installed.waitFor() != 0) {
      throw new IOException("busybox installs nothing");
    }
    return folder;
  }

  /** A script in place of a command. */
  static void put(Path folder, String command, String script) throws IOException {
    Path file = folder.resolve(command);
    Files.deleteIfExists(file);
    Files.writeString(file, script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made a command");
    }
  }

  static boolean has(String command) {
    return folders().anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  static String path(String command) {
    return folders()
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private static Stream<String> folders() {
    return Stream.of(System.getenv("PATH").split(":", -1));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(bin)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
