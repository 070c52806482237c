package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.BlindIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;

/** Finds devices by the identifier that a customer reads out; it is kept only as a keyed hash. */
@ApplicationScoped
public class FindDevice {
  /** Each new start of an app may be a registration of its own. */
  private static final int MOST = 100;

  private static final int TRACE_BYTES = 16;

  private final DeviceList devices;
  private final BlindIndex index;

  FindDevice(DeviceList devices, BlindIndex index) {
    this.devices = devices;
    this.index = index;
  }

  /** By what a search is known in the audit: the same search again, and never what was sought. */
  public String traceOf(Secret identifier) {
    byte[] hash = index.of("identifier-search", identifier);
    return "search_" + HexFormat.of().formatHex(hash, hash.length - TRACE_BYTES, hash.length);
  }

  /** At most a hundred, the newest first. */
  public Uni<List<DeviceList.Listed>> byIdentifier(Secret identifier) {
    return devices.byIdentifier(index.all("identifier", identifier), MOST);
  }
}
