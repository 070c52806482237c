package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Opt-outs outlive what they were made in: a reinstall keeps them, and so does a device that an
 * account lets go.
 */
public interface KeptOptOuts {
  /**
   * Within the transaction that adds the device: what any of the earlier registrations has switched
   * off is off for it, too.
   */
  Uni<Void> carryOver(List<String> earlier, String deviceId);

  /**
   * Within the transaction that unlinks devices, which are locked: what their account has switched
   * off is off for each of them from now on.
   */
  Uni<Void> keep(String account, List<String> deviceIds);
}
