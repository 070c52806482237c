package io.towncrier.bench;

import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PostgreSQL itself makes of a statement of ours: prepared, 16 connections, one thread. */
final class Pgbench {
  // As many as the server has.
  private static final int CONNECTIONS = 16;
  private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");

  private Pgbench() {}

  /** The text of a statement as the server sends it: it is not written down a second time. */
  static String statement(String type, String constant) throws ReflectiveOperationException {
    Field field = Class.forName(type).getDeclaredField(constant);
    field.setAccessible(true);
    return (String) field.get(null);
  }

  /**
   * Transactions a second.
   *
   * @param database a JDBC URL
   * @param sql with parameters {@code $1}
   * @param parameters a list of them for each script; scripts are chosen at random
   */
  static double rate(String database, String sql, List<List<String>> parameters, int seconds)
      throws Exception {
    Path directory = Files.createTempDirectory("towncrier-pgbench");
    URI url = URI.create(database.substring("jdbc:".length()));
    Map<String, String> query = query(url);
    List<String> command =
        new ArrayList<>(
            List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                "" + CONNECTIONS,
                "-j",
                "1",
                "-T",
                "" + seconds,
                "-h",
                url.getHost(),
                "-p",
                "" + url.getPort(),
                "-U",
                query.get("user")));
    for (int script = 0; script < parameters.size(); script++) {
      List<String> values = parameters.get(script);
      String text = sql.strip();
      for (int n = values.size(); n > 0; n--) {
        String name = "p" + script + "_" + n;
        text = text.replace("$" + n, ":" + name);
        command.addAll(List.of("-D", name + "=" + values.get(n - 1)));
      }
      Path file = directory.resolve(script + ".sql");
      Files.writeString(file, text.replaceAll("\\s+", " ") + ";\n");
      command.addAll(List.of("-f", file.toString()));
    }
    command.add("postgres");
    ProcessBuilder pgbench = new ProcessBuilder(command).redirectErrorStream(true);
    pgbench.environment().put("PGPASSWORD", query.get("password"));
    Process process = pgbench.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher rate = RATE.matcher(said);
    if (!rate.find()) {
      throw new IllegalStateException("pgbench told no figures: " + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static Map<String, String> query(URI url) {
    Map<String, String> query = new HashMap<>();
    for (String one : url.getQuery().split("&", -1)) {
      query.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    }
    return query;
  }
}
