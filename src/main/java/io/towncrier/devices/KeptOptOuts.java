package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** What a new registration of a known identifier begins with: a reinstall keeps the opt-out. */
public interface KeptOptOuts {
  /**
   * Within the transaction that adds the device: what any of the earlier registrations has switched
   * off is off for it, too.
   */
  Uni<Void> carryOver(List<String> earlier, String deviceId);
}
