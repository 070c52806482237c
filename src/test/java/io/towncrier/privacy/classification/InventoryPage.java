package io.towncrier.privacy.classification;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** docs/data-inventory.md, out of the list of all columns. */
final class InventoryPage {
  private static final String HEAD =
      """
      # Data inventory
      Made of `src/main/resources/privacy/columns.csv`; change that file, not this page. A test compares the list with
      the database: a column that is in one of them alone fails the build ([ADR 42](adr/0042-one-list-of-all-columns.md)).

      - **Class**: *public* says nothing about anybody; *pseudonymous* belongs to one person or device, and only this
        service knows to which; *personal* says something about a person or a device of a person; *secret* lets its
        holder in, or verifies who is let in.
      - **Kept**: *stays* as long as the installation; *goes with* the row that it belongs to; *until* something
        happens; *period*: a job removes it when the period is over ([periods](configuration.md#towncrier_retention_)).
      - **Readers**: the *person* (what is the person's is in the export), the *device* with its own secret, an
        *operator* of the maker, the *sender* of pushes, the *service* itself and nobody who works with it, *anybody*.
      """;

  private InventoryPage() {}

  static String of(Classification list) {
    return HEAD
        + list.tables().stream()
            .map(table -> section(table, list.of(table)))
            .collect(Collectors.joining());
  }

  private static String section(String table, List<Column> columns) {
    return "\n## `"
        + table
        + "`\n| Column | Class | What it does | Kept | Readers |\n|---|---|---|---|---|\n"
        + columns.stream().map(InventoryPage::row).collect(Collectors.joining());
  }

  private static String row(Column column) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            column.name(),
            column.dataClass().name().toLowerCase(Locale.ROOT),
            column.purpose(),
            column.retention().inWords(),
            column.readers().stream()
                .sorted()
                .map(reader -> reader.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }
}
