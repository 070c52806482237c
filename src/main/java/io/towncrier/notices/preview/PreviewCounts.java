package io.towncrier.notices.preview;

import io.towncrier.notices.selection.Recipients;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.preferences.Eligibility;
import io.towncrier.preferences.Suppression;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a preview has counted; pages of the fleet add up to the whole.
 *
 * @param byName numbers of devices, under names that a report keeps
 */
public record PreviewCounts(Map<String, Long> byName) {
  private static final String ADDRESSED = "addressed";
  private static final String PUSHED = "pushed";
  private static final String VENDORS = "vendors";
  private static final String UNREACHABLE = "unreachable";
  private static final String SUPPRESSED = "suppressed.";
  private static final String COUNTRY = "country.";
  private static final String LANGUAGE = "language.";

  public PreviewCounts {
    byName = Map.copyOf(byName);
  }

  /** Asks the very rule of the claim, once per group: pure. */
  static PreviewCounts of(NoticeKind kind, List<Recipients.Group> groups, Instant now) {
    Map<String, Long> counts = new HashMap<>();
    for (Recipients.Group group : groups) {
      long devices = group.devices();
      counts.merge(ADDRESSED, devices, Long::sum);
      counts.merge(COUNTRY + group.country(), devices, Long::sum);
      counts.merge(LANGUAGE + group.language(), devices, Long::sum);
      Optional<Suppression> suppression = suppression(kind, group, now);
      counts.merge(
          suppression.map(reason -> SUPPRESSED + reason.code()).orElse(PUSHED), devices, Long::sum);
      if (suppression.isEmpty() && group.throughVendors()) {
        counts.merge(VENDORS, devices, Long::sum);
      }
      if (suppression.isPresent() && group.unseen()) {
        counts.merge(UNREACHABLE, devices, Long::sum);
      }
    }
    return new PreviewCounts(counts);
  }

  private static Optional<Suppression> suppression(
      NoticeKind kind, Recipients.Group group, Instant now) {
    if (!group.placed()) {
      return Optional.of(Suppression.UNKNOWN_ZONE);
    }
    Eligibility eligibility =
        Eligibility.of(kind.category(), group.alerts(), group.reachable(), ZoneOffset.UTC, now);
    return eligibility instanceof Eligibility.Suppressed no
        ? Optional.of(no.reason())
        : Optional.empty();
  }

  /** Devices that find the notice in-app. */
  public long addressed() {
    return byName.getOrDefault(ADDRESSED, 0L);
  }

  /** Those that also get a push. */
  long pushed() {
    return byName.getOrDefault(PUSHED, 0L);
  }

  /** Those of them whose push a vendor of phones may carry. */
  long pushedThroughVendors() {
    return byName.getOrDefault(VENDORS, 0L);
  }

  /** Those that no push may reach, and that were not seen for long. */
  long unreachable() {
    return byName.getOrDefault(UNREACHABLE, 0L);
  }

  Map<String, Long> suppressed() {
    return behind(SUPPRESSED);
  }

  Map<String, Long> byCountry() {
    return behind(COUNTRY);
  }

  Map<String, Long> byLanguage() {
    return behind(LANGUAGE);
  }

  private Map<String, Long> behind(String prefix) {
    Map<String, Long> found = new TreeMap<>();
    byName.forEach(
        (name, devices) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), devices);
          }
        });
    return found;
  }
}
