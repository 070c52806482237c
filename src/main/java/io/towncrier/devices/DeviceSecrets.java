package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.DeviceCredentials;
import io.towncrier.privacy.BlindIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The secrets of the devices, of which only keyed hashes are kept. */
@ApplicationScoped
public class DeviceSecrets implements DeviceCredentials {
  private static final String PURPOSE = "device-secret";

  private final DeviceStore store;
  private final BlindIndex index;

  DeviceSecrets(DeviceStore store, BlindIndex index) {
    this.store = store;
    this.index = index;
  }

  @Override
  public Uni<Boolean> belongTogether(String deviceId, Secret secret) {
    return store.isKey(key(deviceId, secret));
  }

  /**
   * What a statement compares. It costs the same whether or not there is such a device; a text that
   * is no device id is asked for as one that nobody has: it may hold what PostgreSQL refuses.
   */
  public DeviceKey key(String deviceId, Secret secret) {
    return new DeviceKey(
        Ids.looksLike(Device.PREFIX, deviceId) ? deviceId : Device.PREFIX, indexOf(secret));
  }

  /**
   * Gives a device a new secret; from then on the one before is worth nothing.
   *
   * @param shown the one that the caller proved to have; of two who show it, one is served
   * @return empty when it is not the device's any more
   */
  public Uni<Optional<Secret>> rotate(String deviceId, Secret shown) {
    Secret next = next();
    return store
        .replaceSecret(deviceId, indexOf(shown), indexOf(next))
        .map(replaced -> replaced ? Optional.of(next) : Optional.empty());
  }

  static Secret next() {
    return Ids.nextSecret("sec");
  }

  byte[] indexOf(Secret secret) {
    return index.of(PURPOSE, secret);
  }

  /** What no secret that was ever shown has. */
  byte[] nobodys() {
    return indexOf(next());
  }
}
