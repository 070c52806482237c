package io.towncrier.platform.postgres;

import io.vertx.core.buffer.Buffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result; a column is asked for by the name that it has in the select list. A name
 * that the statement does not have, or has twice, is an error in the code and throws.
 */
public final class Row {
  private final List<String> names;
  private final @Nullable Object[] values;

  private Row(List<String> names, @Nullable Object[] values) {
    this.names = names;
    this.values = values;
  }

  /** As the client itself delivers rows. */
  static <T> List<T> map(
      io.vertx.sqlclient.RowSet<io.vertx.sqlclient.Row> delivered, Function<Row, T> mapper) {
    List<T> mapped = new ArrayList<>(delivered.size());
    for (io.vertx.sqlclient.Row row : delivered) {
      @Nullable Object[] values = new Object[row.size()];
      for (int column = 0; column < values.length; column++) {
        values[column] = row.getValue(column);
      }
      mapped.add(mapper.apply(new Row(delivered.columnsNames(), values)));
    }
    return mapped;
  }

  /** As Hibernate's connection delivers rows; all of them are in memory already. */
  static <T> List<T> map(ResultSet delivered, Function<Row, T> mapper) {
    try {
      List<String> names = new ArrayList<>();
      for (int column = 1; column <= delivered.getMetaData().getColumnCount(); column++) {
        names.add(delivered.getMetaData().getColumnLabel(column));
      }
      List<T> mapped = new ArrayList<>();
      while (delivered.next()) {
        @Nullable Object[] values = new Object[names.size()];
        for (int column = 0; column < values.length; column++) {
          values[column] = delivered.getObject(column + 1);
        }
        mapped.add(mapper.apply(new Row(names, values)));
      }
      return mapped;
    } catch (SQLException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  public String text(String column) {
    return required(column, String.class);
  }

  public Optional<String> optionalText(String column) {
    return optional(column, String.class);
  }

  public long number(String column) {
    return required(column, Number.class).longValue();
  }

  /** A double precision. */
  public double real(String column) {
    return required(column, Double.class);
  }

  public Optional<Long> optionalNumber(String column) {
    return optional(column, Number.class).map(Number::longValue);
  }

  public boolean flag(String column) {
    return required(column, Boolean.class);
  }

  public Instant instant(String column) {
    return required(column, OffsetDateTime.class).toInstant();
  }

  public Optional<Instant> optionalInstant(String column) {
    return optional(column, OffsetDateTime.class).map(OffsetDateTime::toInstant);
  }

  public Optional<LocalDate> optionalDate(String column) {
    return optional(column, LocalDate.class);
  }

  public Optional<LocalTime> optionalTime(String column) {
    return optional(column, LocalTime.class);
  }

  public List<String> texts(String column) {
    return List.of(required(column, String[].class));
  }

  public Optional<byte[]> optionalBytes(String column) {
    return optional(column, Buffer.class).map(Buffer::getBytes);
  }

  private <T> T required(String column, Class<T> type) {
    return optional(column, type)
        .orElseThrow(() -> new IllegalStateException("column " + column + " is null"));
  }

  private <T> Optional<T> optional(String column, Class<T> type) {
    return Optional.ofNullable(values[index(column)]).map(type::cast);
  }

  private int index(String column) {
    int index = names.indexOf(column);
    if (index < 0 || index != names.lastIndexOf(column)) {
      throw new IllegalStateException("column " + column + " does not stand once among " + names);
    }
    return index;
  }
}
