package io.towncrier.privacy.keys;

/** Makes and opens the keys of a version. */
public interface Keysets {
  /** Loads what opens keys, before a snapshot of a function is taken. No key is made. */
  void prime();

  /** New keys, in the form in which they are wrapped. */
  byte[] generate(int version);

  /**
   * Keys that were made by {@link #generate}.
   *
   * @throws IllegalArgumentException when they are garbled
   */
  VersionKeys open(int version, byte[] material);
}
