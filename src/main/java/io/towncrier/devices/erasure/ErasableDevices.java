package io.towncrier.devices.erasure;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.retirement.DeviceTraces;
import io.towncrier.installation.Erasable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Devices of a restored database; nothing is being sent to them, as pushes wait. */
@ApplicationScoped
class ErasableDevices implements Erasable {
  static final String KIND = "device";

  private final DeviceStore store;
  private final Instance<DeviceTraces> traces;

  ErasableDevices(DeviceStore store, @Any Instance<DeviceTraces> traces) {
    this.store = store;
    this.traces = traces;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Uni<List<String>> ids(String after, int limit) {
    return store.ids(after, limit);
  }

  @Override
  public Uni<Void> erase(String id) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (DeviceTraces trace : traces) {
      all = all.chain(() -> trace.remove(id));
    }
    return all.chain(() -> store.delete(id));
  }
}
