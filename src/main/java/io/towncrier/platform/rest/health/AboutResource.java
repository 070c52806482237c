package io.towncrier.platform.rest.health;

import io.smallrye.common.annotation.NonBlocking;
import io.towncrier.platform.build.BuiltFrom;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What answers here. */
@Path("/v1/about")
@Tag(name = "Service")
@PermitAll
class AboutResource {
  private final About about;

  AboutResource(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.about = new About("towncrier", version, BuiltFrom.commit());
  }

  @GET
  @NonBlocking
  @Operation(operationId = "getAbout", summary = "Get the name, version and commit of this service")
  public About about() {
    return about;
  }

  /**
   * What answers.
   *
   * @param commit that it was built from, or {@code unknown}; with {@code -dirty} where files
   *     differed
   */
  @Schema(name = "About")
  record About(String name, String version, String commit) {}
}
