package io.towncrier.privacy.processors;

import io.smallrye.mutiny.Uni;

/**
 * Whether an address that a processor is to forget belongs to somebody by now: an app that
 * registers anew brings the address that it had. To delete it then would end the pushes of a
 * registration that nobody wants to end.
 */
public interface AddressUse {
  /** Looks at devices, and at addresses that are being proved. */
  Uni<Use> of(ToErase what);

  /** By whom it is used. */
  enum Use {
    NOBODY,
    /** Somebody says that it is theirs, and has not shown it yet. */
    SOMEBODY_SAYS_SO,
    SOMEBODY
  }
}
