package io.towncrier.audit.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit log for other programs, in pages: an answer of a function ends at six megabytes. */
@Path("/v1/admin/audit/export")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class AuditExportResource {
  private static final Paging PAGING = new Paging("number", false);
  private static final String NDJSON = "application/x-ndjson";

  private final AuditLog log;
  private final ObjectMapper json;

  AuditExportResource(AuditLog log, ObjectMapper json) {
    this.log = log;
    this.json = json;
  }

  @GET
  @Produces(NDJSON)
  @APIResponse(
      responseCode = "200",
      description = "A line of JSON for each entry, the oldest first; empty behind the last",
      content = @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)))
  @Operation(
      operationId = "exportAuditEntries",
      summary = "Export the audit log as lines of JSON, a page at a time",
      description =
          "after is the number of the last line that you have. Each line has the hash of its entry,"
              + " so the chain can be verified without the service.")
  public Uni<String> export(
      @QueryParam("limit") @Nullable String limit, @QueryParam("after") @Nullable String after) {
    InputReader input = new InputReader();
    PageRequest<Long> request = PAGING.read(input, limit, after, null, AuditResource::number);
    input.finish();
    return log.behind(request.after().orElse(0L), request.limit()).map(this::lines);
  }

  private String lines(List<AuditLog.Stored> entries) {
    StringBuilder lines = new StringBuilder();
    for (AuditLog.Stored entry : entries) {
      try {
        lines.append(json.writeValueAsString(AuditResource.Shown.of(entry))).append('\n');
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return lines.toString();
  }
}
