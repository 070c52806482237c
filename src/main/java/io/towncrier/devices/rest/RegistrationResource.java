package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.RegisterDevice;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.privacy.MessageKeys;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Where a device gets its id and its secret. */
@Path("/v1/devices")
@Tag(name = "Devices")
@PermitAll
class RegistrationResource {
  private final RegisterDevice register;
  private final RegistrationLimit limit;
  private final MessageKeys messageKeys;

  RegistrationResource(RegisterDevice register, RegistrationLimit limit, MessageKeys messageKeys) {
    this.register = register;
    this.limit = limit;
    this.messageKeys = messageKeys;
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "Registered",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.Registered.class)))
  @Operation(
      operationId = "registerDevice",
      summary = "Register a device; the secret is shown once",
      description =
          "Needed are kind, product and version. An optional fact that cannot be read is "
              + "named in ignored. A device belongs to the cell of its country, without one to "
              + "that of its time zone: any other cell answers 421 with cell and url, and keeps "
              + "nothing, unless crossBorder* say that the user has agreed that the data cross the "
              + "border.")
  @Problems({
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.WRONG_CELL,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.DATABASE_UNAVAILABLE,
    ProblemCode.WRONG_MASTER_KEY
  })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.Registration.class)))
  public Uni<DeviceBodies.Registered> register(
      @Nullable ClientBody body, @Context HttpServerRequest request) {
    limit.take(request);
    return register
        .run(DeviceBodies.Registration.of(Bodies.required(body)).read())
        .map(made -> DeviceBodies.Registered.of(made, messageKeys.of(made.deviceId())));
  }
}
