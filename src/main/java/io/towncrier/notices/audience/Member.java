package io.towncrier.notices.audience;

import io.towncrier.devices.Device;
import io.towncrier.platform.CountryCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What an audience asks of one device.
 *
 * @param country empty when it is not known, and then in no list of countries
 * @param language likewise
 */
public record Member(
    String deviceId,
    Device.Kind kind,
    String product,
    String version,
    String country,
    String language,
    String channel,
    List<String> accounts,
    LocalDate lastSeen,
    boolean revoked) {
  public Member {
    accounts = List.copyOf(accounts);
  }

  /** The conditions, by their names in JSON, that this device does not meet. */
  public List<String> unmet(Selection selection) {
    Audience audience = selection.audience();
    List<String> unmet = new ArrayList<>();
    note(unmet, "revoked", !revoked);
    note(unmet, "products", isIn(audience.products(), product));
    note(unmet, "versions", selection.versions().map(v -> v.contains(version)).orElse(true));
    note(
        unmet,
        "countries",
        isIn(audience.countries().stream().map(CountryCode::value).toList(), country));
    note(unmet, "languages", audience.languages().isEmpty() || Selection.means(audience, language));
    note(unmet, "channels", isIn(audience.channels(), channel));
    note(unmet, "kind", audience.kind().map(kind::equals).orElse(true));
    note(unmet, "devices", isIn(audience.devices(), deviceId));
    note(
        unmet,
        "accounts",
        audience.accounts().isEmpty() || accounts.stream().anyMatch(audience.accounts()::contains));
    note(
        unmet,
        "seenWithinDays",
        selection.seenSince().map(since -> !lastSeen.isBefore(since)).orElse(true));
    return List.copyOf(unmet);
  }

  private static boolean isIn(List<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private static void note(List<String> unmet, String condition, boolean met) {
    if (!met) {
      unmet.add(condition);
    }
  }
}
