package io.towncrier.updates.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditReads;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.ReadReason;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.ExplainUpdate;
import io.towncrier.updates.ExplainUpdate.Outcome;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Why a client is answered what it is, for operators. */
@Path("/v1/admin/explain")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ExplainResource {
  private final ExplainUpdate explain;
  private final AuditReads reads;
  private final SecurityIdentity operator;

  ExplainResource(ExplainUpdate explain, AuditReads reads, SecurityIdentity operator) {
    this.explain = explain;
    this.reads = reads;
    this.operator = operator;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "explainUpdate",
      summary = "Explain why a client is offered an update, or is not",
      description =
          "Name a deviceId, or a product and facts as in the update check. manual and at "
              + "(an RFC 3339 time) go with both. With a deviceId it is a read of one person's data: "
              + "it needs a Towncrier-Reason and is audited.")
  @Problems({ProblemCode.UNKNOWN_DEVICE, ProblemCode.UNKNOWN_PRODUCT})
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ExplainBodies.Ask.class)))
  @APIResponse(
      responseCode = "200",
      description = "The decision, and what every release of the product had to say to it")
  public Uni<ExplainBodies.Answer> explain(
      @HeaderParam("Towncrier-Reason") @Nullable String reason, @Nullable ClientBody body) {
    ExplainBodies.Question question = ExplainBodies.Ask.read(Bodies.required(body));
    return (question.deviceId().isPresent()
            ? ofDevice(question.deviceId().get(), ReadReason.required(reason), question)
            : explain.ofFacts(question.product(), question.facts().orElseThrow(), question.at()))
        .map(ExplainResource::answer);
  }

  private Uni<Outcome> ofDevice(String deviceId, String reason, ExplainBodies.Question question) {
    String name = operator.getPrincipal().getName();
    return reads
        .note(new AuditReads.Read(name, "device.update-explained", deviceId, reason))
        .chain(() -> explain.ofDevice(deviceId, question.manual(), question.at()));
  }

  private static ExplainBodies.Answer answer(Outcome outcome) {
    if (outcome instanceof Outcome.Explained explained) {
      return ExplainBodies.Answer.of(explained);
    }
    if (outcome instanceof Outcome.UnknownDevice) {
      throw ProblemCode.UNKNOWN_DEVICE
          .with(
              "It was never registered, or was removed.",
              List.of(new FieldError("deviceId", "is not a known device")))
          .asException();
    }
    if (outcome instanceof Outcome.UnknownProduct) {
      throw AnswerCheck.unknownProduct().asException();
    }
    throw new ForgottenCase(outcome);
  }
}
