package io.towncrier.outcomes.state;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What happens to the update of a device. */
public enum OutcomeEvent {
  /** The server offers it. */
  OFFER,
  DOWNLOADING,
  /** The device downloads, and was started anew since its last report. */
  BEGUN_ANEW,
  DOWNLOADED,
  INSTALLING,
  /** The device says that it succeeded: before or after its restart. */
  INSTALLED,
  /** The same of a device that never says which version it runs. */
  INSTALLED_UNVERSIONED,
  DOWNLOAD_FAILED,
  INSTALL_FAILED,
  REJECTED,
  POSTPONED,
  /** The device says that it fell back to the former version. */
  ROLLED_BACK,
  /** The device reports the version, or a later one, and has not soaked. */
  TARGET_SEEN,
  /** The same, and it did already before the soak. */
  SOAKED,
  /** The device reports the former version, and cannot be waiting for its restart. */
  FORMER_BACK,
  /** The device reports neither. */
  THIRD_SEEN,
  /** Nothing was heard of the device for the time-out. */
  SILENT,
  /** An attempt with another release began. */
  SUPERSEDED;

  private static final Set<OutcomeEvent> REPORTED = EnumSet.range(DOWNLOADING, ROLLED_BACK);

  /** Whether a device's report says it; the others the server finds by itself. */
  public boolean isReported() {
    return REPORTED.contains(this);
  }

  public static Optional<OutcomeEvent> parse(String code) {
    return Arrays.stream(values()).filter(event -> event.code().equals(code)).findFirst();
  }

  /** As it stands in the table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
