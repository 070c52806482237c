package io.towncrier.devices.checks;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceKey;
import io.towncrier.devices.DeviceSecrets;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.auth.ShownSecret;
import jakarta.enterprise.context.ApplicationScoped;

/** The device that the request at hand says it comes from, which a statement has yet to prove. */
@ApplicationScoped
public class CallingDevice {
  private final SecurityIdentity caller;
  private final DeviceSecrets secrets;

  CallingDevice(SecurityIdentity caller, DeviceSecrets secrets) {
    this.caller = caller;
    this.secrets = secrets;
  }

  /** What the statement compares. */
  public DeviceKey key() {
    return secrets.key(
        caller.getPrincipal().getName(), caller.getCredential(ShownSecret.class).secret());
  }

  /** Keeps the hash of its secret under the keys that are written now; once a day at most. */
  public Uni<Void> renew(CheckIns.CheckIn device) {
    return secrets.renew(key(), device.lastSeen());
  }

  /** The answer when it found nothing: the same for a wrong secret and for an unknown device. */
  public static ProblemException refused() {
    return ProblemCode.UNAUTHENTICATED.with("Send a valid credential.").asException();
  }
}
