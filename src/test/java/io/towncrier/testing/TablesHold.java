package io.towncrier.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Looks through every table of the database for a text: clear, in hexadecimal, and in base64. */
public final class TablesHold {
  private static final String TABLES =
      """
      SELECT t.table_name FROM information_schema.tables AS t
      WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      ORDER BY t.table_name
      """;

  private TablesHold() {}

  /** The tables that hold it in any of these forms. */
  public static List<String> thisText(String text) {
    List<String> holding = new ArrayList<>();
    try (Connection connection = Sql.connect()) {
      for (String table : tables(connection)) {
        if (isIn(connection, table, forms(text))) {
          holding.add(table);
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return holding;
  }

  /** In which forms a text may lie somewhere: clear, hexadecimal, base64 at each of its offsets. */
  public static List<String> forms(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> forms = new ArrayList<>(List.of(text, HexFormat.of().formatHex(bytes)));
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // What depends on the bytes around it is left out at both ends.
      forms.add(base64.substring(offset == 0 ? 0 : offset + 1, base64.length() - 2));
    }
    return forms;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement names = connection.prepareStatement(TABLES);
        ResultSet rows = names.executeQuery()) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static boolean isIn(Connection connection, String table, List<String> forms)
      throws SQLException {
    String query = "SELECT 1 FROM " + table + " AS r WHERE strpos(r::text, ?) > 0 LIMIT 1";
    for (String form : forms) {
      try (PreparedStatement look = connection.prepareStatement(query)) {
        look.setString(1, form);
        try (ResultSet rows = look.executeQuery()) {
          if (rows.next()) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
