package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.StrictNames;
import io.towncrier.preferences.AlertsChange;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
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
  @Operation(summary = "What this account allows")
  public Uni<AlertsBody.Shown> show() {
    return accounts.find(subject()).chain(alerts::show);
  }

  @PUT
  @Operation(
      summary = "Change it; the answer comes when no push that it forbids is under way",
      description =
          "A member that is not known is refused, and known lists the paths that are: repeat the"
              + " request at once with those alone, so that an opt-out is not lost.")
  public Uni<AlertsBody.Shown> change(
      @RequestBody(content = @Content(schema = @Schema(implementation = AlertsBody.Shown.class)))
          @Nullable JsonNode body) {
    JsonNode given = Bodies.required(body);
    return accounts
        .of(subject())
        .chain(account -> alerts.change(account, AlertsChange.Source.ACCOUNT, given));
  }

  @GET
  @Path("/history")
  @Operation(summary = "The newest 100 changes of it, newest first")
  public Uni<AlertsBody.History> history() {
    return accounts.find(subject()).chain(alerts::history);
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }
}
