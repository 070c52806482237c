package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.preview.Preview;
import io.towncrier.notices.preview.PreviewReport;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.NoBody;
import io.towncrier.reports.Report;
import io.towncrier.reports.ReportAnswers;
import io.towncrier.reports.ReportStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Previews of any size, made by a job, for operators. */
@Path("/v1/admin/notices/{noticeId}/previews")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class PreviewResource {
  private final NoticeStore notices;
  private final PreviewReport previews;
  private final ReportStore reports;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  PreviewResource(
      NoticeStore notices,
      PreviewReport previews,
      ReportStore reports,
      InstantSource clock,
      SecurityIdentity operator) {
    this.notices = notices;
    this.previews = previews;
    this.reports = reports;
    this.clock = clock;
    this.operator = operator;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @ResponseStatus(202)
  @APIResponse(
      responseCode = "202",
      description = "Begun",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = PreviewState.class)))
  @Operation(
      operationId = "startNoticePreview",
      summary = "Start a preview of a notice; a job looks at each device",
      description =
          "For audiences of any size. It is of the notice as it is now: a change of the notice ends "
              + "it. It is removed a day after its start.")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.TOO_MANY_REQUESTS})
  public Uni<PreviewState> start(@PathParam("noticeId") String id, @Nullable NoBody nothing) {
    return notices
        .find(NoticeAnswers.checked(id))
        .map(found -> found.orElseThrow(NoticeAnswers::unknown))
        .chain(notice -> previews.start(notice, operator.getPrincipal().getName()))
        .map(ReportAnswers::begun)
        .map(report -> PreviewState.of(report, report.failure(), null));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{previewId}")
  @Operation(
      operationId = "getNoticePreview",
      summary = "Get how far a preview of a notice is, and the preview when it is done")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.UNKNOWN_REPORT})
  public Uni<PreviewState> show(
      @PathParam("noticeId") String id, @PathParam("previewId") String preview) {
    String notice = NoticeAnswers.checked(id);
    return ReportAnswers.find(reports, PreviewReport.KIND, preview, clock.instant())
        .invoke(
            report -> {
              if (!PreviewReport.isOf(report, notice)) {
                throw ReportAnswers.none();
              }
            })
        .chain(this::shown);
  }

  private Uni<PreviewState> shown(Report report) {
    return report.state() == Report.State.DONE
        ? previews.show(report).map(shown -> PreviewState.of(report, shown))
        : Uni.createFrom().item(PreviewState.of(report, report.failure(), null));
  }

  /** How far a preview is. */
  @Schema(name = "NoticePreviewState")
  record PreviewState(
      String id,
      String state,
      long walked,
      long fleet,
      Optional<String> failure,
      @Nullable Preview preview,
      Instant startedAt,
      Optional<Instant> finishedAt,
      Instant expiresAt) {
    static PreviewState of(Report report, PreviewReport.Shown shown) {
      return shown instanceof PreviewReport.Shown.Previewed previewed
          ? of(report, Optional.empty(), previewed.preview())
          : of(report, Optional.of(((PreviewReport.Shown.Impossible) shown).why()), null);
    }

    static PreviewState of(Report report, Optional<String> failure, @Nullable Preview preview) {
      Report.State state = failure.isPresent() ? Report.State.FAILED : report.state();
      return new PreviewState(
          report.id(),
          state.name().toLowerCase(Locale.ROOT),
          report.walked(),
          Math.max(report.walked(), report.devices()),
          failure,
          preview,
          report.started().at(),
          report.finishedAt(),
          report.expiresAt());
    }
  }
}
