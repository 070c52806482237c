package io.towncrier.consents.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.consents.AnswerConsent;
import io.towncrier.consents.ChangeConsents;
import io.towncrier.consents.ConsentAct;
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
import jakarta.ws.rs.PathParam;
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
  private final AnswerConsent answer;
  private final ConsentAnswers answers;
  private final Accounts accounts;
  private final SecurityIdentity user;

  MyConsentsResource(
      ChangeConsents change,
      AnswerConsent answer,
      ConsentAnswers answers,
      Accounts accounts,
      SecurityIdentity user) {
    this.change = change;
    this.answer = answer;
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
                    .orElseGet(() -> Uni.createFrom().item(ConsentBodies.Shown.NOTHING)));
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

  @PUT
  @Path("/{noticeId}")
  @Operation(
      operationId = "answerMyConsent",
      summary = "Answer as the user whether a consent is given that a notice asks for",
      description =
          "It counts for each linked device that has the notice. The answer has to be said, and is"
              + " given to the version of the text that the notice asks about. A consent that is"
              + " given holds from then on, and switches nothing on. What is declined, or not"
              + " answered, changes nothing: the consent to the former text holds, or none. What"
              + " was agreed to is withdrawn, and not declined (409).")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.WRONG_STATE, ProblemCode.TOO_MANY_REQUESTS})
  @APIResponse(responseCode = "200", description = "What holds now")
  public Uni<ConsentBodies.Shown> answer(
      @PathParam("noticeId") String noticeId, ConsentBodies.@Nullable Answer body) {
    ConsentBodies.Answer given = Bodies.required(body);
    ConsentAct.Text shown = given.read();
    // Who has no account has no device, and so no notice.
    return accounts
        .find(subject())
        .chain(
            account ->
                answer
                    .run(account.orElse(""), noticeId, given.isGiven(), shown)
                    .chain(outcome -> answers.after(outcome, account.orElse(""))));
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }
}
