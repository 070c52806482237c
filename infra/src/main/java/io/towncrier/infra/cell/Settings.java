package io.towncrier.infra.cell;

/** How settings are refused. */
final class Settings {
  private Settings() {}

  static void need(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
