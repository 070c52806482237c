package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.RegisterDevice;
import io.towncrier.platform.rest.Bodies;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

  RegistrationResource(RegisterDevice register, RegistrationLimit limit) {
    this.register = register;
    this.limit = limit;
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(responseCode = "201", description = "Registered")
  @APIResponse(responseCode = "429", description = "Too many from this address; see Retry-After")
  @Operation(summary = "Register; the secret is shown once")
  public Uni<DeviceBodies.Registered> register(
      DeviceBodies.@Nullable Registration body, @Context HttpServerRequest request) {
    limit.take(request);
    return register
        .run(Bodies.required(body).read())
        .map(made -> new DeviceBodies.Registered(made.deviceId(), made.secret().reveal()));
  }
}
