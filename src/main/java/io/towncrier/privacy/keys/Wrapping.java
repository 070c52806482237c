package io.towncrier.privacy.keys;

/**
 * Encrypts the keys of a version for the database. In a cell KMS does it, elsewhere the master key.
 * May block.
 */
public interface Wrapping {
  /** Whether new keys are wrapped like this; there is one. */
  boolean isConfigured();

  /** Which key wraps: {@code master-key:<fingerprint>} or {@code kms:<id of the key>}. */
  String name();

  /** Whether keys that were wrapped under this name are unwrapped here. */
  boolean knows(String name);

  byte[] wrap(byte[] material, int version);

  /**
   * The keys again, or why they stay closed. Fails when nobody can be asked just now.
   *
   * @param name under which they were wrapped
   */
  Unwrapped unwrap(byte[] wrapped, int version, String name);

  /** What became of it. */
  sealed interface Unwrapped {
    /** The keys. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on to be opened, never compared.
    record Material(byte[] bytes) implements Unwrapped {}

    /**
     * They do not open.
     *
     * @param because for the operator: which file, setting or key of KMS, and what to do
     */
    record Refused(String because) implements Unwrapped {}
  }
}
