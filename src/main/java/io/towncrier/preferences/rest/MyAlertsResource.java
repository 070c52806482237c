package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.StrictNames;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsOwner;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Personal Center: notification alerts of the signed-in user's account. */
@Path("/v1/me/notification-alerts")
@StrictNames
@Tag(name = "Personal Center")
@RolesAllowed(Roles.USER)
class MyAlertsResource {
  private final AlertsAnswers alerts;
  private final Accounts accounts;
  private final SecurityIdentity user;

  MyAlertsResource(AlertsAnswers alerts, Accounts accounts, SecurityIdentity user) {
    this.alerts = alerts;
    this.accounts = accounts;
    this.user = user;
  }

  @GET
  @APIResponse(
      responseCode = "200",
      description = "The alerts",
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "DeviceAlerts")))
  @APIResponse(responseCode = "304", description = "As before: If-None-Match held the ETag")
  @Operation(
      operationId = "getMyAlerts",
      summary = "Get the notification alerts of the user's account")
  public Uni<AlertsBody.Shown> show(
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
    return alerts.show(new AlertsOwner.OfAccount(accounts.subject(subject())));
  }

  @PUT
  @APIResponse(
      responseCode = "200",
      description = "Changed, and in force since effectiveAt",
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "DeviceAlerts")))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "AlertsChange")))
  @Operation(
      operationId = "changeMyAlerts",
      summary = "Change the notification alerts of the user's account",
      description =
          "When this returns, no push that the change forbids is in flight. A member that "
              + "is not known is refused, and known lists the paths that are: repeat the "
              + "request at once with those alone, so that an opt-out is not lost.")
  @Problems({
    ProblemCode.STALE_REVISION,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.NOT_YET_EFFECTIVE
  })
  public Uni<AlertsBody.Shown> change(
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @Nullable JsonNode body) {
    return alerts.change(
        new AlertsOwner.OfAccount(accounts.subject(subject())),
        AlertsChange.Source.ACCOUNT,
        ifMatch,
        Bodies.required(body));
  }

  @GET
  @Path("/history")
  @Operation(
      operationId = "listMyAlertsChanges",
      summary =
          "List the changes of the notification alerts of the user's account, the newest first")
  public Uni<AlertsBody.History> history(
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    PageRequest<Integer> request = AlertsAnswers.part(limit, after, sort);
    return accounts.find(subject()).chain(account -> alerts.history(account, request));
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }
}
