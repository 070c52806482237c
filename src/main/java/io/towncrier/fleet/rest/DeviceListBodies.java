package io.towncrier.fleet.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.ShowPersonalValues;
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
  record Found(List<Listed> devices) {}

  @Schema(name = "PersonalValueReveal")
  record RevealBody(
      @Nullable String value, @Nullable String account, @Nullable String authorization) {}

  @Schema(name = "RevealedPersonalValue")
  record Revealed(String value, String revealed) {
    @Override
    public String toString() {
      return "Revealed[" + value + "]";
    }
  }

  /** A value of which only the end is shown; account is there for a subject. */
  @Schema(name = "MaskedPersonalValue")
  record Masked(String value, Optional<String> account, String masked) {
    static Masked of(ShowPersonalValues.Masked value) {
      return new Masked(value.kind().code(), value.account(), value.masked());
    }
  }

  /** A device, and what names or reaches its person, masked. */
  @Schema(name = "DeviceForOperators")
  record Detailed(@JsonUnwrapped Listed device, List<Masked> personal) {
    static Detailed of(DeviceList.Listed device, List<ShowPersonalValues.Masked> values) {
      return new Detailed(Listed.of(device), values.stream().map(Masked::of).toList());
    }
  }

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

    /** The same under another name. */
    Listed as(String name) {
      return new Listed(
          name,
          kind,
          product,
          version,
          country,
          timezone,
          language,
          channel,
          hardware,
          linked,
          pushAddress,
          revoked,
          registeredAt,
          lastSeen);
    }
  }
}
