package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.mine.SendTest;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A notice as its writer would get it. */
@Path("/v1/admin/notices/test-sends")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class TestSendResource {
  private final SendTest test;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  TestSendResource(SendTest test, InstantSource clock, SecurityIdentity operator) {
    this.test = test;
    this.clock = clock;
    this.operator = operator;
  }

  @POST
  @Operation(
      operationId = "sendTestNotice",
      summary = "Send a draft to a phone of your own, which is linked to your account",
      description =
          "It becomes a notice to this phone alone and goes the way of every push, at once: alerts"
              + " that the phone has switched off hold it back. Audience and schedule of the draft"
              + " are not read. Nobody has to approve it, as it reaches nobody else.")
  @APIResponse(responseCode = "200", description = "The notice that was started")
  @Problems({ProblemCode.UNKNOWN_DEVICE})
  public Uni<NoticeBodies.Shown> send(@Nullable TestSend body) {
    InputReader input = new InputReader();
    TestSend given = Bodies.required(body);
    String device = input.text("device", given.device(), 64);
    NoticeBodies.DraftBody draft = given.notice();
    if (draft == null) {
      input.reject("notice", "is required");
    }
    input.finish();
    Notice.Draft written = Bodies.required(draft).read(input, name(), clock.instant());
    return test.run(written, device, name())
        .map(
            sent ->
                NoticeAnswers.shown(
                    sent.orElseThrow(
                        () ->
                            ProblemCode.UNKNOWN_DEVICE
                                .with("It is no phone that is linked to your account.")
                                .asException())));
  }

  private String name() {
    return operator.getPrincipal().getName();
  }

  /** What is sent, and where. */
  @Schema(name = "TestSend")
  record TestSend(NoticeBodies.@Nullable DraftBody notice, @Nullable String device) {}
}
