package io.towncrier.console.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.console.Page;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The page Personal Center - Notification Alerts. It holds nothing of anybody: what it shows, it
 * asks for with the user's token (docs/adr/0011).
 */
@Path("/personal-center/notification-alerts")
@Tag(name = "Personal Center")
@PermitAll
class AlertsPageResource {
  private final UserPage page;

  AlertsPageResource(ConsoleConfig config, ObjectMapper json) {
    Page files = new Page("personal-center");
    this.page =
        new UserPage(
            files,
            Map.of("files", files.fingerprint("alerts.css", "alerts.js", "my-data.js", "icon.svg")),
            config,
            json);
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @APIResponse(
      responseCode = "200",
      description = "The page, in the language of the reader",
      content =
          @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
  @Operation(
      operationId = "getAlertsPage",
      summary = "Get the page Notification Alerts, for a web view of the app",
      description = "The app hands over the user's access token as docs/adr/0011 says.")
  public Response show(
      @QueryParam("lang") @Nullable String lang,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted,
      @Parameter(hidden = true) @HeaderParam(UserPage.SITE) @Nullable String site) {
    return page.answer(lang, accepted, site);
  }
}
