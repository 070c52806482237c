package io.towncrier.fleet;

import java.util.Locale;
import java.util.Optional;

/** How an export of devices is written. */
public enum ExportFormat {
  /** A JSON object a line. */
  NDJSON("application/x-ndjson"),
  /** As RFC 4180 has it, with a line of names before the first device. */
  CSV("text/csv");

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** As operators write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String mediaType() {
    return mediaType;
  }

  /** Empty when there is none of this code. */
  public static Optional<ExportFormat> parse(String code) {
    for (ExportFormat format : values()) {
      if (format.code().equals(code)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
