package io.towncrier.consents.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.consents.ChangeConsents;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the signed-in user has agreed to. */
@Path("/v1/me/consents")
@Tag(name = "Personal Center")
@RolesAllowed(Roles.USER)
class MyConsentsResource {
  private final ChangeConsents change;
  private final ConsentAnswers answers;
  private final Accounts accounts;
  private final SecurityIdentity user;

  MyConsentsResource(
      ChangeConsents change, ConsentAnswers answers, Accounts accounts, SecurityIdentity user) {
    this.change = change;
    this.answers = answers;
    this.accounts = accounts;
    this.user = user;
  }

  @GET
  @Operation(
      operationId = "getMyConsents",
      summary = "Get what the user has agreed to, and what was withdrawn")
  public Uni<ConsentBodies.Shown> show() {
    // A look makes no account.
    return accounts
        .find(subject())
        .chain(
            found ->
                found
                    .map(answers::show)
                    .orElseGet(
                        () -> Uni.createFrom().item(ConsentBodies.Shown.of(List.of(), List.of()))));
  }

  @PUT
  @Operation(
      operationId = "changeMyConsent",
      summary = "Agree to something as the user, or withdraw it",
      description =
          "To withdraw push switches push off for every linked device; when this returns, no push"
              + " is in flight. To agree again does not switch it on. To withdraw cross-border"
              + " revokes the linked devices that another country's cell is responsible for. What"
              + " was agreed to before stays in the history.")
  @Problems({ProblemCode.TOO_MANY_REQUESTS, ProblemCode.NOT_YET_EFFECTIVE})
  @APIResponse(responseCode = "200", description = "What holds now")
  public Uni<ConsentBodies.Shown> change(ConsentBodies.@Nullable Change body) {
    ChangeConsents.Choice choice = Bodies.required(body).read();
    return accounts
        .of(subject())
        .chain(
            account ->
                change
                    .ofAccount(account, choice)
                    .chain(outcome -> answers.after(outcome, account)));
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }
}
