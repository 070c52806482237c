package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.Sealed;

/** Keeps the accounts that users sign in to. */
public interface AccountStore {
  /**
   * The id of the account of a subject; it is made at the first use.
   *
   * @param index keyed hash of the subject
   * @param fresh the account to make when there is none
   */
  Uni<String> findOrCreate(byte[] index, Fresh fresh);

  /** An account that does not exist yet. */
  record Fresh(String id, Sealed subject) {}
}
