package io.towncrier.privacy.classification;

import java.util.Set;

/**
 * A column of the database.
 *
 * @param purpose for what it is kept
 * @param readers who may see it
 */
public record Column(
    String table,
    String name,
    DataClass dataClass,
    String purpose,
    Retention retention,
    Set<Reader> readers) {
  public Column {
    readers = Set.copyOf(readers);
    if (purpose.isBlank() || readers.isEmpty()) {
      throw new IllegalArgumentException(table + "." + name + " has no purpose or no reader");
    }
    if (dataClass == DataClass.SECRET && !readers.equals(Set.of(Reader.SERVICE))) {
      throw new IllegalArgumentException(table + "." + name + " is secret, and shown");
    }
  }

  /** Whether the person whom it is about gets it in an export. */
  public boolean isThePersons() {
    return readers.contains(Reader.PERSON);
  }
}
