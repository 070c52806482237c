package io.towncrier.devices.postgres;

import io.towncrier.devices.PushAddress;
import io.towncrier.devices.PushTarget;
import io.towncrier.platform.postgres.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a claim reads of devices: rows that it locks, and what it then reads behind the lock. */
final class TargetRows {
  private TargetRows() {}

  static PushTarget target(Row row) {
    String id = row.text("id");
    return new PushTarget(
        id,
        row.text("product_id"),
        row.text("product_name"),
        DeviceRows.facts(row),
        List.of(),
        row.optionalBytes("push_sealed")
            .map(
                bytes ->
                    PushAddress.stored(
                        id, row.text("push_provider"), row.text("push_kind"), bytes)),
        row.flag("has_kit"));
  }

  static Behind behind(Row row) {
    String id = row.text("device_id");
    return new Behind(
        id,
        row.optionalText("account_id"),
        row.optionalBytes("sealed")
            .map(bytes -> PushAddress.stored(id, row.text("provider"), row.text("kind"), bytes)));
  }

  static List<PushTarget> with(List<PushTarget> locked, List<Behind> rows) {
    Map<String, List<Behind>> byDevice =
        rows.stream().collect(Collectors.groupingBy(Behind::device));
    return locked.stream()
        .map(
            target -> {
              List<Behind> own = byDevice.getOrDefault(target.deviceId(), List.of());
              return target.with(
                  own.stream().flatMap(row -> row.account().stream()).toList(),
                  own.stream().flatMap(row -> row.address().stream()).toList());
            })
        .toList();
  }

  /** An account that a device is linked to, or an address behind its first. */
  record Behind(String device, Optional<String> account, Optional<PushAddress> address) {}
}
