package io.towncrier.devices.address;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import java.util.List;
import java.util.Optional;

/** Finds the devices of push addresses that somebody else names, such as a provider. */
public interface AddressHolders {
  /**
   * Finds them, all by one statement.
   *
   * @param provider whose addresses they are
   * @return the device that has each now, in the same order; empty where none has it
   */
  Uni<List<Optional<String>>> of(String provider, List<Secret> addresses);
}
