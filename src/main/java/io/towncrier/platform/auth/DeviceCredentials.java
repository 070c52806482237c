package io.towncrier.platform.auth;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;

/** Knows the secrets of the devices. */
public interface DeviceCredentials {
  /** Whether this secret is the device's; takes as long whether or not the device exists. */
  Uni<Boolean> belongTogether(String deviceId, Secret secret);
}
