package io.towncrier.platform.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Whether a database has been through every migration of this package, unchanged: by what Flyway
 * has written down there, and by Flyway's own sums. Flyway finds the same, and takes a second of
 * CPU to load for it, at every start.
 */
final class MigrationRecord {
  private static final String FOLDER = "db/migration";
  private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");

  private static final String RECORD =
      """
      SELECT record.version, record.checksum, record.success
      FROM flyway_schema_history AS record
      WHERE record.version IS NOT NULL
      """;

  private MigrationRecord() {}

  /**
   * Asks the database. What it has been through besides is of a newer version, and does not count.
   *
   * @param inJava versions of the migrations that are no files
   * @throws SQLException also where nothing was ever migrated
   */
  static boolean isComplete(Connection connection, List<String> inJava)
      throws SQLException, IOException {
    Map<String, Integer> done = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(RECORD)) {
      while (rows.next()) {
        if (!rows.getBoolean(3)) {
          return false;
        }
        done.put(rows.getString(1), rows.getInt(2));
      }
    }
    Map<String, Integer> files = files();
    return !files.isEmpty()
        && done.keySet().containsAll(inJava)
        && files.entrySet().stream()
            .allMatch(file -> file.getValue().equals(done.get(file.getKey())));
  }

  /** The sum of each file by its version. */
  private static Map<String, Integer> files() throws IOException {
    Map<String, Integer> sums = new HashMap<>();
    for (String name : names()) {
      Matcher version = NAME.matcher(name);
      if (version.matches()) {
        sums.put(version.group(1), sumOf(FOLDER + "/" + name));
      }
    }
    return sums;
  }

  private static List<String> names() throws IOException {
    URL folder = MigrationRecord.class.getClassLoader().getResource(FOLDER);
    if (folder == null) {
      return List.of();
    }
    URLConnection opened = folder.openConnection();
    if (opened instanceof JarURLConnection jar) {
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(FOLDER + "/"))
          .map(name -> name.substring(FOLDER.length() + 1))
          .toList();
    }
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (URISyntaxException noFolder) {
      throw new IOException(noFolder);
    }
  }

  // Flyway sums the lines without their ends, so that these may change.
  private static int sumOf(String resource) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in = MigrationRecord.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is gone");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return (int) sum.getValue();
  }
}
