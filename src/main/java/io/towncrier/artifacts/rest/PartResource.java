package io.towncrier.artifacts.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactHome.PartOutcome;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.Parts;
import io.towncrier.artifacts.UploadArtifact;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes the parts of an upload, where the server keeps them itself. They are never held whole. */
@Path("/v1/admin/artifacts/{artifactId}/parts")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class PartResource {
  private final UploadArtifact uploads;

  PartResource(UploadArtifact uploads) {
    this.uploads = uploads;
  }

  @PUT
  @Path("/{number}")
  @Blocking
  @Consumes(MediaType.WILDCARD)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @Operation(
      operationId = "putArtifactPart",
      summary = "Send a part of an upload",
      description =
          "Send it to the url that the upload names, which may be another one. A part that is"
              + " stored already may be sent again.")
  @Problems({
    ProblemCode.UNKNOWN_ARTIFACT,
    ProblemCode.WRONG_STATE,
    ProblemCode.ARTIFACTS_UNAVAILABLE
  })
  public Uni<Void> put(
      @PathParam("artifactId") String id,
      @PathParam("number") String number,
      @Nullable InputStream body) {
    InputStream bytes = Bodies.required(body);
    return uploads
        .find(id)
        .map(found -> found.orElseThrow(ArtifactAnswers::unknown).artifact())
        .chain(
            upload -> {
              int part = part(upload, number);
              return Offload.run(() -> uploads.receive(upload, part, bytes))
                  .invoke(outcome -> answer(outcome, upload, part));
            })
        .replaceWithVoid();
  }

  private static int part(HostedArtifact upload, String number) {
    if (upload.state() != HostedArtifact.State.UPLOADING) {
      throw ProblemCode.WRONG_STATE
          .with("It is " + upload.state().code() + ", and takes no parts.")
          .asException();
    }
    int count = upload.partSums().size();
    if (!number.matches("[1-9]\\d{0,2}") || Integer.parseInt(number) > count) {
      throw Problem.invalidRequest("number", "must be from 1 to " + count).asException();
    }
    return Integer.parseInt(number);
  }

  private static void answer(PartOutcome outcome, HostedArtifact upload, int part) {
    switch (outcome) {
      case STORED -> {}
      case WRONG_SIZE ->
          throw Problem.invalidRequest(
                  "body", "must have " + Parts.bytes(upload.size(), part) + " bytes")
              .asException();
      case WRONG_SHA256 ->
          throw Problem.invalidRequest("body", "does not have the SHA-256 that was announced")
              .asException();
      case ELSEWHERE ->
          throw ProblemCode.WRONG_STATE
              .with("Parts are not sent here, but to the url that the upload names.")
              .asException();
    }
  }
}
