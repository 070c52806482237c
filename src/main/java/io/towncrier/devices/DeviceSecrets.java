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
