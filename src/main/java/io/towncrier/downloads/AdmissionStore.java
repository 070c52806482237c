package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** To which downloads devices were admitted: a row a device that ever asked for one. */
public interface AdmissionStore {
  /** As they were kept last. */
  Uni<Optional<Admissions>> find(String device);

  /**
   * Locks them until the current transaction ends: of several checks of one device one goes on.
   *
   * @param first kept where there are none
   */
  Uni<Admissions> lock(String device, Admissions first);

  /** Keeps them, in the current transaction. */
  Uni<Void> keep(String device, Admissions admissions);
}
