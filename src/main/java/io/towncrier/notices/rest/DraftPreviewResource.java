package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.preview.Preview;
import io.towncrier.notices.preview.PreviewNotice;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a notice would do that is not stored yet. */
@Path("/v1/admin/notices/preview")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class DraftPreviewResource {
  private final PreviewNotice preview;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  DraftPreviewResource(PreviewNotice preview, InstantSource clock, SecurityIdentity operator) {
    this.preview = preview;
    this.clock = clock;
    this.operator = operator;
  }

  @POST
  @Operation(
      operationId = "previewNoticeDraft",
      summary = "Preview a draft that is not stored: who would get it, and what they read")
  @APIResponse(responseCode = "200", description = "What it would do; nothing is stored")
  @Problems({ProblemCode.TOO_MANY_DEVICES})
  public Uni<Preview> preview(NoticeBodies.@Nullable DraftBody body) {
    Notice.Draft draft =
        Bodies.required(body)
            .read(new InputReader(), operator.getPrincipal().getName(), clock.instant());
    return preview.run(draft.content()).map(NoticeAnswers::previewed);
  }
}
