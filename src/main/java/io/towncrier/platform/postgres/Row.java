package io.towncrier.platform.postgres;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of a result; columns by their position from 0, as they stand in the select list. */
public final class Row {
  private final @Nullable Object[] values;

  Row(@Nullable Object[] values) {
    this.values = values;
  }

  /** As the client itself delivers a row. */
  static Row of(io.vertx.sqlclient.Row delivered) {
    @Nullable Object[] values = new Object[delivered.size()];
    for (int column = 0; column < values.length; column++) {
      values[column] = delivered.getValue(column);
    }
    return new Row(values);
  }

  public String text(int column) {
    return required(column, String.class);
  }

  public Optional<String> optionalText(int column) {
    return optional(column, String.class);
  }

  public long number(int column) {
    return required(column, Number.class).longValue();
  }

  /** A double precision. */
  public double real(int column) {
    return required(column, Double.class);
  }

  public Optional<Long> optionalNumber(int column) {
    return optional(column, Number.class).map(Number::longValue);
  }

  public boolean flag(int column) {
    return required(column, Boolean.class);
  }

  public Instant instant(int column) {
    return required(column, OffsetDateTime.class).toInstant();
  }

  public Optional<Instant> optionalInstant(int column) {
    return optional(column, OffsetDateTime.class).map(OffsetDateTime::toInstant);
  }

  public Optional<LocalDate> optionalDate(int column) {
    return optional(column, LocalDate.class);
  }

  public Optional<LocalTime> optionalTime(int column) {
    return optional(column, LocalTime.class);
  }

  public List<String> texts(int column) {
    return List.of(required(column, String[].class));
  }

  public Optional<byte[]> optionalBytes(int column) {
    return optional(column, Buffer.class).map(Buffer::getBytes);
  }

  private <T> T required(int column, Class<T> type) {
    return optional(column, type)
        .orElseThrow(() -> new IllegalStateException("column " + column + " is null"));
  }

  private <T> Optional<T> optional(int column, Class<T> type) {
    return Optional.ofNullable(values[column]).map(type::cast);
  }
}
