package io.towncrier.console.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.console.ContentPolicy;
import io.towncrier.console.Page;
import io.towncrier.console.PageLanguage;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
  private static final String FOLDER = "personal-center";

  /** Fetch Metadata: who made the browser load the page. */
  private static final String SITE = "Sec-Fetch-Site";

  private static final String FOREIGN = "cross-site";

  private final Map<PageLanguage, String> documents = new EnumMap<>(PageLanguage.class);
  private final Map<PageLanguage, String> fromElsewhere = new EnumMap<>(PageLanguage.class);
  private final String contentPolicy;

  AlertsPageResource(ConsoleConfig config, ObjectMapper json) {
    this.contentPolicy = new ContentPolicy(config.frameAncestors()).header();
    Page page = new Page(FOLDER);
    String files = page.fingerprint("alerts.css", "alerts.js", "icon.svg");
    Arrays.stream(PageLanguage.values())
        .forEach(
            language -> {
              documents.put(language, document(page, language, files, json, ""));
              fromElsewhere.put(language, document(page, language, files, json, FOREIGN));
            });
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
      @Parameter(hidden = true) @HeaderParam(SITE) @Nullable String site) {
    PageLanguage language =
        PageLanguage.choose(Optional.ofNullable(lang), Optional.ofNullable(accepted));
    // A link on another site could bring a stranger's token: that page takes none from its address.
    String document = (FOREIGN.equals(site) ? fromElsewhere : documents).get(language);
    return Response.ok(document, "text/html;charset=UTF-8")
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE + ", " + SITE)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", contentPolicy)
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .build();
  }

  private static String document(
      Page page, PageLanguage language, String files, ObjectMapper json, String from) {
    Map<String, String> texts = page.texts(language);
    Map<String, String> values = new HashMap<>(texts);
    values.put("lang", language.tag());
    values.put("files", files);
    values.put("from", from);
    try {
      values.put("texts", json.writeValueAsString(texts));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
    return page.render(values);
  }
}
