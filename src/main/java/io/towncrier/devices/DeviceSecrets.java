package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.DeviceCredentials;
import io.towncrier.privacy.BlindIndex;
import jakarta.enterprise.context.ApplicationScoped;

/** Proves that a caller holds a device's secret, of which only a keyed hash is kept. */
@ApplicationScoped
class DeviceSecrets implements DeviceCredentials {
  private static final String PURPOSE = "device-secret";
  private static final byte[] NOBODYS = new byte[32];

  private final DeviceStore store;
  private final BlindIndex index;

  DeviceSecrets(DeviceStore store, BlindIndex index) {
    this.store = store;
    this.index = index;
  }

  @Override
  public Uni<Boolean> belongTogether(String deviceId, Secret secret) {
    // The same query and the same comparison whether or not there is such a device. A text that
    // is no device id is asked for as one that nobody has: it may hold what PostgreSQL refuses.
    String asked = Ids.looksLike(Device.PREFIX, deviceId) ? deviceId : Device.PREFIX;
    return store
        .secretIndex(asked)
        .map(known -> index.matches(PURPOSE, secret, known.orElse(NOBODYS)) && known.isPresent());
  }

  byte[] indexOf(Secret secret) {
    return index.of(PURPOSE, secret);
  }
}
