package io.towncrier.consents;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.residency.Residency;
import io.towncrier.devices.retirement.RetireDevice;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Ends the keeping of a device in a country that it does not belong to, by shutting it out. A
 * device that is at home here is not kept by that consent, and goes on being served.
 */
@ApplicationScoped
class EndCrossing {
  private final DeviceStore devices;
  private final Residency residency;
  private final RetireDevice retire;

  EndCrossing(DeviceStore devices, Residency residency, RetireDevice retire) {
    this.devices = devices;
    this.residency = residency;
    this.retire = retire;
  }

  Uni<Void> of(String deviceId) {
    return devices
        .find(deviceId)
        .chain(
            found ->
                found.map(Device::facts).filter(this::isAtHome).isPresent()
                    ? Uni.createFrom().voidItem()
                    : retire.revoke(deviceId).replaceWithVoid());
  }

  /** Of a device that says nothing of where it is, nobody knows. */
  private boolean isAtHome(Device.Facts facts) {
    boolean isKnown = facts.country().isPresent() || facts.zone().isPresent();
    return isKnown
        && residency.homeOf(facts.country(), facts.zone()) instanceof Residency.Home.Here;
  }
}
