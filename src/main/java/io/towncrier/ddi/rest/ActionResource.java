package io.towncrier.ddi.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.ShowDeployment;
import io.towncrier.ddi.TakeFeedback;
import io.towncrier.platform.auth.Roles;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** hawkBit's DDI: an action, what becomes of it, and its end. */
@Path(PollResource.BASE)
@RolesAllowed(Roles.CONTROLLER)
class ActionResource {
  private static final String DEPLOYMENT = "/deploymentBase/{action: [0-9]+}";
  private static final String CANCEL = "/cancelAction/{action: [0-9]+}";
  private static final String FEEDBACK = "/feedback";
  private static final int NO_ACTION = 0;

  private final CallingController caller;
  private final ShowDeployment deployments;
  private final TakeFeedback feedback;

  ActionResource(CallingController caller, ShowDeployment deployments, TakeFeedback feedback) {
    this.caller = caller;
    this.deployments = deployments;
    this.feedback = feedback;
  }

  @GET
  @Path(DEPLOYMENT)
  @Operation(hidden = true)
  public Uni<Response> deployment(
      @PathParam("tenant") String tenant,
      @PathParam("action") String action,
      @Context HttpServerRequest request) {
    return caller
        .signIn(tenant, request)
        .chain(device -> deployments.run(device, number(action), caller.kind(device, request)))
        .map(
            found ->
                found
                    .map(shown -> PollResource.fresh(DdiBodies.Shown.of(shown)))
                    .orElseGet(ActionResource::nothing));
  }

  @POST
  @Path(DEPLOYMENT + FEEDBACK)
  @Operation(hidden = true)
  public Uni<Response> feedback(
      @PathParam("tenant") String tenant,
      @PathParam("action") String action,
      @Context HttpServerRequest request,
      @Nullable JsonNode body) {
    return caller
        .signIn(tenant, request)
        .chain(
            device ->
                feedback.run(
                    device, number(action), ClientJson.feedback(body), caller.network(request)))
        .map(ActionResource::answer);
  }

  @GET
  @Path(CANCEL)
  @Operation(hidden = true)
  public Uni<Response> cancel(
      @PathParam("tenant") String tenant,
      @PathParam("action") String action,
      @Context HttpServerRequest request) {
    return caller
        .signIn(tenant, request)
        .chain(
            device ->
                deployments.isToBeCancelled(device, number(action), caller.kind(device, request)))
        .map(
            isAsked ->
                isAsked ? PollResource.fresh(DdiBodies.Cancel.of(number(action))) : nothing());
  }

  @POST
  @Path(CANCEL + FEEDBACK)
  @Operation(hidden = true)
  public Uni<Response> cancelFeedback(
      @PathParam("tenant") String tenant,
      @PathParam("action") String action,
      @Context HttpServerRequest request,
      @Nullable JsonNode body) {
    return caller
        .signIn(tenant, request)
        .chain(
            device ->
                feedback.ofCancel(
                    device,
                    number(action),
                    ClientJson.feedback(body),
                    caller.kind(device, request)))
        .map(ActionResource::answer);
  }

  /** One that no action has, when it is too large to be any. */
  private static int number(String action) {
    try {
      return Integer.parseInt(action);
    } catch (NumberFormatException tooLarge) {
      return NO_ACTION;
    }
  }

  private static Response answer(TakeFeedback.Outcome outcome) {
    return switch (outcome) {
      case TAKEN -> Response.ok().build();
      case UNKNOWN -> nothing();
      case OVER -> Response.status(Response.Status.GONE).build();
      case CONTRADICTS -> Response.status(Response.Status.CONFLICT).build();
      case NOT_CANCELLABLE -> Response.status(Response.Status.METHOD_NOT_ALLOWED).build();
    };
  }

  private static Response nothing() {
    return Response.status(Response.Status.NOT_FOUND).build();
  }
}
