package io.towncrier.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;

/** The load: wrk on one thread, so that the server has a core of its own. */
final class Wrk {
  private static final int CONNECTIONS = 32;
  // Together some ten thousand requests a second.
  private static final int PACED_CONNECTIONS = 64;
  private static final int PAUSE_MILLIS = 5;

  private Wrk() {}

  /**
   * What a run showed.
   *
   * @param requests how many were answered
   * @param perSecond of them
   * @param bytes of one answer on average, its head included
   * @param p50Micros half of the answers took no longer
   * @param p99Micros all but one in a hundred took no longer
   */
  record Run(long requests, double perSecond, double bytes, long p50Micros, long p99Micros) {}

  /**
   * Asks for the paths in turn.
   *
   * @param lines a path each, and behind a tab what If-None-Match says
   * @throws IllegalStateException when an answer was an error
   */
  static Run run(int port, List<String> lines, int seconds) throws Exception {
    return run("bench/requests.lua", port, lines, seconds, CONNECTIONS, 0);
  }

  /** The same with pauses, at a rate that leaves most of the machine idle. */
  static Run paced(int port, List<String> lines, int seconds) throws Exception {
    return run("bench/requests.lua", port, lines, seconds, PACED_CONNECTIONS, PAUSE_MILLIS);
  }

  /** Makes requests as {@code bench/phones.lua} reads them. */
  static Run calls(int port, List<String> lines, int seconds) throws Exception {
    return run("bench/phones.lua", port, lines, seconds, CONNECTIONS, 0);
  }

  private static Run run(
      String script, int port, List<String> lines, int seconds, int connections, int pauseMillis)
      throws Exception {
    Path file = Files.createTempFile("towncrier-bench", ".paths");
    Files.write(file, lines);
    try {
      Process wrk =
          new ProcessBuilder(
                  "wrk",
                  "-t1",
                  "-c" + connections,
                  "-d" + seconds + "s",
                  "-s",
                  script,
                  "http://127.0.0.1:" + port,
                  "--",
                  file.toString(),
                  Integer.toString(pauseMillis))
              .redirectErrorStream(true)
              .start();
      String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      wrk.waitFor();
      return read(said);
    } finally {
      Files.delete(file);
    }
  }

  private static Run read(String said) throws IOException {
    int at = said.indexOf("FIGURES ");
    if (at < 0) {
      throw new IOException("wrk told no figures: " + said);
    }
    try (Scanner figures = new Scanner(said.substring(at + "FIGURES ".length()))) {
      long requests = figures.nextLong();
      double seconds = figures.nextLong() / 1e6;
      double bytes = (double) figures.nextLong() / requests;
      long p50 = figures.nextLong();
      long p99 = figures.nextLong();
      if (figures.nextLong() > 0) {
        throw new IllegalStateException("there were errors among the answers: " + said);
      }
      return new Run(requests, requests / seconds, bytes, p50, p99);
    }
  }
}
