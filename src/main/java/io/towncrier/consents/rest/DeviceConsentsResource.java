package io.towncrier.consents.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.consents.AnswerConsent;
import io.towncrier.consents.ChangeConsents;
import io.towncrier.platform.ProblemCode;
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

/** What was agreed to on one device. */
@Path("/v1/devices/{deviceId}/consents")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class DeviceConsentsResource {
  private final ChangeConsents change;
  private final AnswerConsent answer;
  private final ConsentAnswers answers;

  DeviceConsentsResource(ChangeConsents change, AnswerConsent answer, ConsentAnswers answers) {
    this.change = change;
    this.answer = answer;
    this.answers = answers;
  }

  @GET
  @Operation(
      operationId = "getDeviceConsents",
      summary = "Get what was agreed to on a device, and what was withdrawn")
  public Uni<ConsentBodies.Shown> show(@PathParam("deviceId") String id) {
    return answers.show(id);
  }

  @PUT
  @Operation(
      operationId = "changeDeviceConsent",
      summary = "Agree to something on a device, or withdraw it",
      description =
          "To withdraw push switches push off; when this returns, no push is in flight. To agree"
              + " again does not switch it on. To withdraw cross-border revokes a device that is"
              + " not at home here: its secret is invalid when this has returned, and it registers"
              + " with its own cell. What was agreed to before stays in the history.")
  @Problems({ProblemCode.TOO_MANY_REQUESTS, ProblemCode.NOT_YET_EFFECTIVE})
  @APIResponse(responseCode = "200", description = "What holds now")
  public Uni<ConsentBodies.Shown> change(
      @PathParam("deviceId") String id, ConsentBodies.@Nullable Change body) {
    return change
        .ofDevice(id, Bodies.required(body).read())
        .chain(outcome -> answers.after(outcome, id));
  }

  @PUT
  @Path("/{noticeId}")
  @Operation(
      operationId = "answerDeviceConsent",
      summary = "Answer on a device whether a consent is given that a notice asks for",
      description =
          "The answer has to be said, and is given to the version of the text that the notice asks"
              + " about. A consent that is given holds from then on, and switches nothing on. What"
              + " is declined, or not answered, changes nothing: the consent to the former text"
              + " holds, or none. What was agreed to is withdrawn, and not declined (409).")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.WRONG_STATE, ProblemCode.TOO_MANY_REQUESTS})
  @APIResponse(responseCode = "200", description = "What holds now")
  public Uni<ConsentBodies.Shown> answer(
      @PathParam("deviceId") String id,
      @PathParam("noticeId") String noticeId,
      ConsentBodies.@Nullable Answer body) {
    ConsentBodies.Answer given = Bodies.required(body);
    return answer
        .run(id, noticeId, given.isGiven(), given.read())
        .chain(outcome -> answers.after(outcome, id));
  }
}
