package io.towncrier.outcomes.rest;

import io.towncrier.outcomes.OutcomeReport;
import io.towncrier.outcomes.Reports;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.outcomes.state.Report;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Secret;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.releases.ReleaseId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of outcomes. */
final class OutcomeBodies {
  private static final int PERCENT = 100;

  private OutcomeBodies() {}

  /** A report; what cannot be read and is not needed counts as not given. */
  @Schema(
      name = "OutcomeReport",
      requiredProperties = {"id", "version", "state"})
  record Posted(
      @Schema(maxLength = 64) @Nullable String id,
      @Nullable String version,
      @Schema(
              enumeration = {
                "downloading",
                "downloaded",
                "installing",
                "installed",
                "failed",
                "rejected",
                "postponed",
                "rolled-back"
              })
          @Nullable String state,
      @Nullable String code,
      @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "100") @Nullable String progress,
      @Schema(maxLength = 64) @Nullable String bootId,
      @Schema(format = "date-time") @Nullable String at,
      @Schema(format = "date-time") @Nullable String postponedUntil,
      @Schema(maxLength = 200) @Nullable String detail) {
    static Posted of(ClientBody body) {
      return new Posted(
          body.text("id"),
          body.text("version"),
          body.text("state"),
          body.text("code"),
          body.text("progress"),
          body.text("bootId"),
          body.text("at"),
          body.text("postponedUntil"),
          body.text("detail"));
    }

    OutcomeReport read(String device, Secret network) {
      InputReader input = new InputReader();
      String name = input.text("id", id, 64);
      String release = input.text("version", version, 64);
      if (!release.isEmpty() && !ReleaseId.isVersion(release)) {
        input.reject("version", "is no version");
      }
      Optional<Report.Said> said =
          input.parsed(
              "state",
              input.text("state", state, 32),
              Report.Said::parse,
              "is none that a device reports");
      input.finish();
      return new OutcomeReport(
          device,
          release,
          new Report(
              Optional.of(name),
              said.orElseThrow(),
              given(code).map(c -> FailureCode.parse(c).orElse(FailureCode.UNKNOWN)),
              percent(progress),
              given(bootId).map(Reports::boot),
              moment(at),
              moment(postponedUntil),
              given(detail).map(Reports::masked),
              true),
          network);
    }
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(t -> !t.isEmpty() && !t.equals(InputReader.NO_TEXT));
  }

  private static OptionalInt percent(@Nullable String text) {
    try {
      int percent = Integer.parseInt(given(text).orElse("-1"));
      return percent < 0 || percent > PERCENT ? OptionalInt.empty() : OptionalInt.of(percent);
    } catch (NumberFormatException unreadable) {
      return OptionalInt.empty();
    }
  }

  private static Optional<Instant> moment(@Nullable String text) {
    try {
      return given(text)
          .map(t -> OffsetDateTime.parse(t).toInstant())
          // What a clock says that was never set is no moment that PostgreSQL keeps.
          .filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(Reports.LATEST));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** What holds after a report. */
  @Schema(name = "OutcomeState")
  record Known(
      @Schema(required = true) String version,
      @Schema(required = true) String state,
      @Schema(required = true) int attempt,
      @Schema(required = true) boolean repeated) {
    static Known of(Attempt attempt, boolean repeated) {
      return new Known(attempt.key().version(), attempt.state().code(), attempt.number(), repeated);
    }
  }
}
