package io.towncrier.fleet.rest;

import io.towncrier.fleet.DeviceList;
import io.towncrier.platform.Page;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of lists of devices. */
final class DeviceListBodies {
  private DeviceListBodies() {}

  @Schema(name = "DeviceList")
  record Devices(List<Listed> items, Optional<String> next, String total) {
    static Devices of(Page<DeviceList.Listed> page, ListToken token) {
      return new Devices(
          page.items(Listed::of), page.next(last -> token.write(List.of(last.id()))), page.total());
    }
  }

  @Schema(name = "DeviceSearch")
  record FindBody(@Nullable String identifier) {
    @Override
    public String toString() {
      return "FindBody[]";
    }
  }

  @Schema(name = "FoundDevices")
  record Found(List<Listed> items) {}

  /** A device as operators see it. */
  @Schema(name = "ListedDevice")
  record Listed(
      String id,
      String kind,
      String product,
      String version,
      Optional<String> country,
      Optional<String> timezone,
      Optional<String> language,
      String channel,
      Optional<String> hardware,
      boolean linked,
      boolean pushAddress,
      boolean revoked,
      Instant registeredAt,
      LocalDate lastSeen) {
    static Listed of(DeviceList.Listed device) {
      return new Listed(
          device.id(),
          device.kind().name().toLowerCase(Locale.ROOT),
          device.product(),
          device.version(),
          device.country(),
          device.timeZone(),
          device.language(),
          device.channel(),
          device.hardware(),
          device.linked(),
          device.pushAddress(),
          device.revoked(),
          device.registeredAt(),
          device.lastSeen());
    }
  }
}
