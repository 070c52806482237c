package io.towncrier.ddi.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.PollDevice;
import io.towncrier.ddi.TakeConfigData;
import io.towncrier.platform.auth.Roles;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * hawkBit's DDI: what a device is to do, and what it says of itself. Its contract is hawkBit's and
 * not ours, so it stands in docs/routers.md and not in the contract.
 */
@Path(PollResource.BASE)
@RolesAllowed(Roles.CONTROLLER)
class PollResource {
  static final String BASE = "/{tenant}/controller/v1/{controllerId}";

  private final CallingController caller;
  private final PollDevice poll;
  private final TakeConfigData configData;

  PollResource(CallingController caller, PollDevice poll, TakeConfigData configData) {
    this.caller = caller;
    this.poll = poll;
    this.configData = configData;
  }

  @GET
  @Operation(hidden = true)
  public Uni<Response> poll(
      @PathParam("tenant") String tenant, @Context HttpServerRequest request) {
    return caller
        .signIn(tenant, request)
        .chain(device -> poll.run(device, caller.kind(device, request)))
        .map(answer -> fresh(DdiBodies.Poll.of(answer, caller.base(tenant, request))));
  }

  @PUT
  @Path("/configData")
  @Operation(hidden = true)
  public Uni<Response> configData(
      @PathParam("tenant") String tenant,
      @Context HttpServerRequest request,
      @Nullable JsonNode body) {
    return caller
        .signIn(tenant, request)
        .chain(device -> configData.run(device, ClientJson.mode(body), ClientJson.facts(body)))
        .map(kept -> Response.ok().build());
  }

  @PUT
  @Path("/installedBase")
  @Operation(hidden = true)
  public Uni<Response> installedBase(
      @PathParam("tenant") String tenant,
      @Context HttpServerRequest request,
      @Nullable JsonNode body) {
    return caller
        .signIn(tenant, request)
        .chain(
            device -> configData.run(device, TakeConfigData.Mode.MERGE, ClientJson.installed(body)))
        .map(kept -> Response.ok().build());
  }

  /** Nothing of DDI may be kept by anybody on the way. */
  static Response fresh(Object body) {
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    return Response.ok(body).cacheControl(never).build();
  }
}
