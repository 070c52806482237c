package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.DeviceCredentials;
import io.towncrier.privacy.BlindIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The secrets of the devices, of which only keyed hashes are kept. */
@ApplicationScoped
public class DeviceSecrets implements DeviceCredentials {
  private static final Logger LOG = Logger.getLogger(DeviceSecrets.class);
  private static final String PURPOSE = "device-secret";

  private final DeviceStore store;
  private final BlindIndex index;
  private final InstantSource clock;

  DeviceSecrets(DeviceStore store, BlindIndex index, InstantSource clock) {
    this.store = store;
    this.index = index;
    this.clock = clock;
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
        Ids.looksLike(Device.PREFIX, deviceId) ? deviceId : Device.PREFIX,
        index.all(PURPOSE, secret));
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
        .replaceSecret(deviceId, index.all(PURPOSE, shown).all(), indexOf(next))
        .map(replaced -> replaced ? Optional.of(next) : Optional.empty());
  }

  /**
   * While two versions of the keys live: the hash of a device that was not seen today is replaced
   * by the one that is written now (docs/adr/0048). Its check does not fail with this.
   */
  public Uni<Void> renew(DeviceKey shown, LocalDate lastSeen) {
    boolean isDue =
        !shown.secret().others().isEmpty()
            && LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).isAfter(lastSeen);
    return isDue
        ? store
            .renewSecret(shown)
            .onFailure()
            .invoke(failure -> LOG.warnf("a secret is not hashed anew: %s", failure))
            .onFailure()
            .recoverWithNull()
        : Uni.createFrom().voidItem();
  }

  static Secret next() {
    return Ids.nextSecret("sec");
  }

  byte[] indexOf(Secret secret) {
    return index.of(PURPOSE, secret);
  }

  /** What no secret that was ever shown has. */
  public byte[] unusable() {
    return indexOf(next());
  }
}
