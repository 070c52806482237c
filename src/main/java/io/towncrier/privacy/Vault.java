package io.towncrier.privacy;

import io.towncrier.platform.Secret;

/** Seals personal data before it is stored. */
public interface Vault {
  /** Encrypts a value for one place; each call gives other bytes. */
  Sealed seal(Secret plain, Place place);

  /**
   * The value again.
   *
   * @throws DoesNotOpen when the bytes were changed, belong to another place, or were sealed with
   *     another key
   */
  Secret open(Sealed sealed, Place place);

  /** A sealed value that no key of ours opens. */
  final class DoesNotOpen extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public DoesNotOpen(String message) {
      super(message);
    }

    DoesNotOpen(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
