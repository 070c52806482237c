package io.towncrier.fleet.rest;

import io.towncrier.fleet.ExportDevices;
import io.towncrier.fleet.ExportFormat;
import io.towncrier.reports.Report;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of exports of devices. */
final class ExportBodies {
  private ExportBodies() {}

  /** Which devices, as what, and why. */
  @Schema(name = "DeviceExportRequest")
  record Request(
      @Nullable String product,
      @Nullable String version,
      @Nullable String country,
      @Nullable String seenFrom,
      @Nullable String seenBefore,
      @Nullable String format,
      @Nullable Boolean deviceIds,
      @Nullable String reason) {}

  /** How far an export is. */
  @Schema(name = "DeviceExport")
  record Export(
      String id,
      String state,
      String format,
      boolean deviceIds,
      long walked,
      long fleet,
      long devices,
      int parts,
      Optional<String> failure,
      String startedBy,
      String reason,
      Instant startedAt,
      Optional<Instant> finishedAt,
      Instant expiresAt) {
    static Export of(Report report) {
      ExportDevices.Question question = ExportDevices.Question.of(report);
      return new Export(
          report.id(),
          report.state().name().toLowerCase(Locale.ROOT),
          question.format().code(),
          question.deviceIds(),
          report.walked(),
          Math.max(report.walked(), report.devices()),
          report.count(ExportDevices.LINES),
          report.parts(),
          report.failure(),
          report.started().by(),
          report.started().reason(),
          report.started().at(),
          report.finishedAt(),
          report.expiresAt());
    }
  }

  /** The format that a text names; NDJSON when there is none. */
  static Optional<ExportFormat> format(@Nullable String given) {
    return given == null ? Optional.of(ExportFormat.NDJSON) : ExportFormat.parse(given);
  }
}
