package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Reads what is kept sealed of a device's person. */
public interface PersonalValues {
  /** Those of a device: its push address, and the subjects of the accounts that it is linked to. */
  Uni<List<PersonalValue>> of(String deviceId);
}
