package io.towncrier.devices.retirement;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceStore;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** Removes devices that are linked to nobody and were not seen for very long. */
@ApplicationScoped
class ForgetDevices implements Remover {
  // Each is removed as its own app would do it, behind the fence.
  private static final int AT_ONCE = 50;

  private final DeviceStore devices;
  private final RetireDevice retire;
  private final RetentionPolicy policy;

  ForgetDevices(DeviceStore devices, RetireDevice retire, RetentionPolicy policy) {
    this.devices = devices;
    this.retire = retire;
    this.policy = policy;
  }

  @Override
  public Set<String> periods() {
    return Set.of("unlinked-devices");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    LocalDate lastSeen = LocalDate.ofInstant(now.minus(policy.unlinkedDevices()), ZoneOffset.UTC);
    return devices
        .unlinkedSince(lastSeen, Math.min(limit, AT_ONCE))
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(retire::remove)
                    .collect()
                    .asList()
                    .replaceWith(ids.size()));
  }
}
