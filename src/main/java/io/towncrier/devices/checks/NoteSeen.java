package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.DevicesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Writes on which day devices were seen last: of each once a day, and of many in one statement. A
 * function may be frozen for ever behind its answer, so there each is written before the answer
 * (docs/adr/0036). What is lost with a process is written at the device's next check.
 */
@ApplicationScoped
public class NoteSeen {
  private static final Logger LOG = Logger.getLogger(NoteSeen.class);
  private static final int MOST = 1_000;

  private final DeviceStore store;
  private final boolean gathers;
  private final Object lock = new Object();
  private Set<String> seen = new HashSet<>();
  private LocalDate day = LocalDate.EPOCH;

  NoteSeen(DeviceStore store, DevicesConfig config) {
    this.store = store;
    this.gathers = config.gatherSeen();
  }

  /** Of a device that was last seen on an earlier day. A check does not fail with this. */
  Uni<Void> note(String deviceId, LocalDate today) {
    if (!gathers) {
      return write(Set.of(deviceId), today);
    }
    synchronized (lock) {
      boolean isFull = seen.size() >= MOST || !today.equals(day);
      Uni<Void> written = isFull ? write() : Uni.createFrom().voidItem();
      day = today;
      seen.add(deviceId);
      return written;
    }
  }

  /** Writes what was gathered. */
  public Uni<Void> write() {
    synchronized (lock) {
      Set<String> gathered = seen;
      seen = new HashSet<>();
      return gathered.isEmpty() ? Uni.createFrom().voidItem() : write(gathered, day);
    }
  }

  private Uni<Void> write(Set<String> devices, LocalDate of) {
    return store
        .noteSeen(devices, of)
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("%d devices were seen, which is not written: %s", devices.size(), failure);
              return Uni.createFrom().voidItem();
            });
  }
}
