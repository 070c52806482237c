package io.towncrier.privacy;

import java.nio.charset.StandardCharsets;

/**
 * Where a sealed value belongs; it opens nowhere else.
 *
 * @param table of the database
 * @param column of the table
 * @param row the row's primary key
 */
public record Place(String table, String column, String row) {
  /** What a value is bound to. The names are logical ones, and stay when a table moves. */
  public byte[] associated() {
    return String.join("\0", table, column, row).getBytes(StandardCharsets.UTF_8);
  }
}
