package io.towncrier.platform.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.util.List;
import java.util.function.Supplier;

/** Pages of lists that stand in the database. */
public final class Pages {
  private Pages() {}

  /** A statement that counts the rows of another one, no further than a page says. */
  public static String count(String rows) {
    return "SELECT count(*) AS count FROM (SELECT 1 "
        + rows
        + " LIMIT "
        + (Page.COUNTED + 1)
        + ") AS row";
  }

  /** What such a statement found. */
  public static long counted(Row row) {
    return row.number("count");
  }

  /** A statement with a list's comparison and order in it, each where {@code %s} stands. */
  public static String ordered(String list, boolean descending) {
    return descending ? list.formatted("<", "DESC") : list.formatted(">", "ASC");
  }

  /**
   * A page of rows.
   *
   * @param found one more than was asked for, if there is one
   * @param count asked only where the rows themselves do not tell
   */
  public static <T> Uni<Page<T>> of(
      List<T> found, PageRequest<?> request, Supplier<Uni<List<Long>>> count) {
    boolean whole = request.after().isEmpty() && found.size() <= request.limit();
    return whole
        ? Uni.createFrom().item(Page.of(found, request, found.size()))
        : count.get().map(counted -> Page.of(found, request, counted.get(0)));
  }
}
