package io.towncrier.fleet.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.ExportDevices;
import io.towncrier.fleet.ExportFormat;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.reports.Report;
import io.towncrier.reports.ReportAnswers;
import io.towncrier.reports.ReportStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Exports of devices, made by a job and fetched in parts, for operators. */
@Path("/v1/admin/devices/exports")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ExportResource {
  private static final int LONGEST_REASON = 500;
  private static final Pattern PART = Pattern.compile("[1-9][0-9]{0,6}");

  private final ExportDevices export;
  private final ReportStore reports;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  ExportResource(
      ExportDevices export, ReportStore reports, InstantSource clock, SecurityIdentity operator) {
    this.export = export;
    this.reports = reports;
    this.clock = clock;
    this.operator = operator;
  }

  @POST
  @ResponseStatus(202)
  @APIResponse(
      responseCode = "202",
      description = "Begun",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ExportBodies.Export.class)))
  @Operation(
      operationId = "exportDevices",
      summary = "Start an export of devices; a job makes it",
      description =
          "Facts alone: no account, no address, no identifier. Each device has a pseudonym, "
              + "another one in each export, unless deviceIds is true. A device that changes "
              + "meanwhile stands there as it was when the job came to it. The export is removed "
              + "a day after its start.")
  @Problems({ProblemCode.TOO_MANY_REQUESTS})
  public Uni<ExportBodies.Export> start(ExportBodies.@Nullable Request body) {
    ExportBodies.Request given = Bodies.required(body);
    InputReader input = new InputReader();
    Supplier<DeviceList.Query> query =
        DeviceQuery.read(
            input,
            given.product(),
            given.version(),
            given.country(),
            Optional.empty(),
            given.seenFrom(),
            given.seenBefore());
    Optional<ExportFormat> format = ExportBodies.format(given.format());
    if (format.isEmpty()) {
      input.reject("format", "must be ndjson or csv");
    }
    String reason = input.visibleText("reason", given.reason(), LONGEST_REASON);
    input.finish();
    return export
        .start(
            new ExportDevices.Question(
                query.get(), format.orElseThrow(), Boolean.TRUE.equals(given.deviceIds())),
            operator.getPrincipal().getName(),
            reason)
        .map(ReportAnswers::begun)
        .map(ExportBodies.Export::of);
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{exportId}")
  @Operation(operationId = "getDeviceExport", summary = "Get how far an export of devices is")
  @Problems({ProblemCode.UNKNOWN_REPORT})
  public Uni<ExportBodies.Export> show(@PathParam("exportId") String id) {
    return found(id).map(ExportBodies.Export::of);
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{exportId}/parts/{part}")
  @Produces({"application/x-ndjson", "text/csv"})
  @Operation(
      operationId = "getDeviceExportPart",
      summary = "Get a part of an export of devices",
      description =
          "Parts are numbered from 1. All of them, one behind the other, are the file. The last "
              + "one grows until the export is done.")
  @APIResponse(
      responseCode = "200",
      description = "Lines of at most 10,000 devices",
      content = {
        @Content(
            mediaType = "application/x-ndjson",
            schema = @Schema(implementation = String.class)),
        @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class))
      })
  @Problems({ProblemCode.UNKNOWN_REPORT})
  public Uni<RestResponse<String>> part(
      @PathParam("exportId") String id, @PathParam("part") String part) {
    int number = PART.matcher(part).matches() ? Integer.parseInt(part) : 0;
    return found(id)
        .chain(
            report ->
                reports
                    .part(id, number)
                    .map(
                        text ->
                            RestResponse.ResponseBuilder.ok(text.orElseThrow(ReportAnswers::none))
                                .header(HttpHeaders.CONTENT_TYPE, type(report))
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .build()));
  }

  @DELETE
  @Path("/{exportId}")
  @Operation(
      operationId = "deleteDeviceExport",
      summary = "Delete an export of devices; one that is being made ends")
  @Problems({ProblemCode.UNKNOWN_REPORT})
  public Uni<Void> delete(@PathParam("exportId") String id) {
    return found(id)
        .chain(report -> reports.remove(ExportDevices.KIND, id, clock.instant()))
        .replaceWithVoid();
  }

  private Uni<Report> found(String id) {
    return ReportAnswers.find(reports, ExportDevices.KIND, id, clock.instant());
  }

  private static String type(Report report) {
    return ExportDevices.Question.of(report).format().mediaType() + ";charset=UTF-8";
  }
}
