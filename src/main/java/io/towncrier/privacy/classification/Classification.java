package io.towncrier.privacy.classification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All columns, out of {@code privacy/columns.csv}. A test compares the list with the database. */
public final class Classification {
  private static final String FILE = "/privacy/columns.csv";
  private static final String HEADER = "table,column,class,purpose,retention,readers";
  private static final int FIELDS = HEADER.split(",", -1).length;

  private final List<Column> columns;

  private Classification(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** The list of this build; read once, at its first use. */
  public static Classification own() {
    return Holder.OWN;
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException with the line that cannot be read
   */
  public static Classification parse(List<String> lines) {
    return new Classification(
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.equals(HEADER))
            .map(Classification::column)
            .toList());
  }

  private static Column column(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not " + FIELDS + " fields: " + line);
    }
    try {
      return new Column(
          fields[0],
          fields[1],
          DataClass.valueOf(fields[2].toUpperCase(Locale.ROOT)),
          fields[3],
          Retention.parse(fields[4]),
          Arrays.stream(fields[5].split(" ", -1))
              .map(reader -> Reader.valueOf(reader.toUpperCase(Locale.ROOT)))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(line + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /** In the order of the file. */
  public List<Column> columns() {
    return columns;
  }

  /** In the order of the file. */
  public List<String> tables() {
    return columns.stream().map(Column::table).distinct().toList();
  }

  public List<Column> of(String table) {
    return columns.stream().filter(column -> column.table().equals(table)).toList();
  }

  /** The columns of a table that a person may see; never empty for a table that is exported. */
  public List<Column> thePersons(String table) {
    return of(table).stream().filter(Column::isThePersons).toList();
  }

  /**
   * The columns of a table that a person may see, as a select list: a statement that takes it has
   * the columns that are added later, too.
   */
  public String selectList(String table) {
    return thePersons(table).stream()
        .map(column -> table + "." + column.name())
        .collect(Collectors.joining(", "));
  }

  /** The tables of which a person may see something. */
  public Set<String> tablesOfPeople() {
    return columns.stream()
        .filter(Column::isThePersons)
        .map(Column::table)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of the periods at whose end something is removed. */
  public Set<String> periods() {
    return columns.stream()
        .map(Column::retention)
        .filter(Retention.Period.class::isInstance)
        .map(retention -> ((Retention.Period) retention).name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static final class Holder {
    static final Classification OWN = parse(lines());

    private static List<String> lines() {
      try (InputStream in = Classification.class.getResourceAsStream(FILE)) {
        if (in == null) {
          throw new IllegalStateException("missing from this build: " + FILE);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
            .lines()
            .toList();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
