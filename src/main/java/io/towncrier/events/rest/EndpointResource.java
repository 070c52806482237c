package io.towncrier.events.rest;

import io.towncrier.events.Endpoint;
import io.towncrier.events.Endpoints;
import io.towncrier.events.EventTopic;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where events go, as the settings have it. */
@Path("/v1/admin/events/endpoints")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class EndpointResource {
  private final Endpoints endpoints;

  EndpointResource(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @GET
  @Operation(
      operationId = "getEventEndpoints",
      summary = "List the event endpoints of the settings",
      description =
          "Without what could be a secret: many receivers have theirs in the path of the url, so"
              + " the host alone is told. The bus of a cell is the last, where one is set; its host"
              + " is its name.")
  public Configured all() {
    return new Configured(endpoints.all().stream().map(Receiver::of).toList());
  }

  /** The receivers. */
  @Schema(name = "EventEndpoints")
  record Configured(List<Receiver> endpoints) {}

  /**
   * A receiver.
   *
   * @param host of the url, with its port where it has one; the name of a bus
   * @param topics what it hears about
   */
  @Schema(name = "EventEndpoint")
  record Receiver(String name, String host, List<String> topics) {
    static Receiver of(Endpoint endpoint) {
      return new Receiver(
          endpoint.name(),
          endpoint.shown(),
          endpoint.topics().stream().sorted().map(EventTopic::code).toList());
    }
  }
}
