package io.towncrier.artifacts.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.DeleteArtifact;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.UploadArtifact;
import io.towncrier.artifacts.UploadArtifact.Started;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.NoBody;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Images that operators upload. */
@Path("/v1/admin/artifacts")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ArtifactResource {
  private static final Paging PAGING = new Paging("id", false);

  private final UploadArtifact uploads;
  private final DeleteArtifact delete;
  private final ArtifactAnswers answers;
  private final SecurityIdentity operator;

  ArtifactResource(
      UploadArtifact uploads,
      DeleteArtifact delete,
      ArtifactAnswers answers,
      SecurityIdentity operator) {
    this.uploads = uploads;
    this.delete = delete;
    this.answers = answers;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(operationId = "listArtifacts", summary = "List the artifacts that were uploaded")
  public Uni<ArtifactBodies.Listed> list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<HostedArtifact.State> in =
        input.parsed(
            "state",
            state,
            ArtifactAnswers::state,
            "must be uploading, verifying, ready, refused or deleting");
    PageRequest<String> request = PAGING.read(input, limit, after, sort, ArtifactAnswers::id);
    input.finish();
    return answers.list(in, request);
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "The upload, new or as it stands",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ArtifactBodies.Progress.class)))
  @Operation(
      operationId = "startArtifactUpload",
      summary = "Start the upload of an artifact, or find the one that was started",
      description =
          "Send each part that is not stored with PUT to its url, with its headers; in any order,"
              + " and again when a connection broke. Then complete the upload. The same"
              + " announcement finds an upload again. One that is not complete after 24 hours is"
              + " removed.")
  @Problems({
    ProblemCode.ALREADY_EXISTS,
    ProblemCode.WRONG_STATE,
    ProblemCode.ARTIFACTS_UNAVAILABLE
  })
  public Uni<ArtifactBodies.Progress> start(ArtifactBodies.@Nullable Upload body) {
    return uploads
        .start(Bodies.required(body).read(), operator.getPrincipal().getName())
        .map(ArtifactResource::progress)
        .map(answers::shown);
  }

  private static UploadArtifact.Progress progress(Started started) {
    if (started instanceof Started.Begun begun) {
      return begun.progress();
    } else if (started instanceof Started.Known known) {
      return known.progress();
    } else if (started instanceof Started.Contradicts) {
      throw ProblemCode.ALREADY_EXISTS
          .with(
              "One with this name and SHA-256 was announced with another size or other parts."
                  + " Delete it first, if it is the wrong one.")
          .asException();
    } else if (started instanceof Started.Leaving) {
      throw ProblemCode.WRONG_STATE
          .with("The one with this name is being deleted. Try again in a while.")
          .asException();
    }
    throw new ForgottenCase(started);
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{artifactId}")
  @Operation(
      operationId = "getArtifact",
      summary = "Get an artifact, and which of its parts are stored")
  @Problems({ProblemCode.UNKNOWN_ARTIFACT, ProblemCode.ARTIFACTS_UNAVAILABLE})
  public Uni<ArtifactBodies.Progress> show(@PathParam("artifactId") String id) {
    return uploads
        .find(id)
        .map(found -> answers.shown(found.orElseThrow(ArtifactAnswers::unknown)));
  }

  @POST
  @Path("/{artifactId}/complete")
  @Consumes(MediaType.WILDCARD)
  @ResponseStatus(202)
  @APIResponse(
      responseCode = "202",
      description = "It is verified now",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ArtifactBodies.Shown.class)))
  @Operation(
      operationId = "completeArtifactUpload",
      summary = "Complete an upload",
      description =
          "A job reads all bytes once and compares them with what was announced. Then the artifact"
              + " is ready and a release can refer to it; or it is refused and its bytes are gone.")
  @Problems({
    ProblemCode.UNKNOWN_ARTIFACT,
    ProblemCode.WRONG_STATE,
    ProblemCode.ARTIFACTS_UNAVAILABLE
  })
  public Uni<ArtifactBodies.Shown> complete(
      @PathParam("artifactId") String id, @Nullable NoBody body) {
    return uploads.complete(id).map(answers::completed);
  }

  @POST
  @Path("/{artifactId}/link")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "linkArtifact",
      summary = "Make a link to an artifact that is not published",
      description = "Anybody who has the link can download the artifact until it expires.")
  @Problems({ProblemCode.UNKNOWN_ARTIFACT, ProblemCode.ARTIFACTS_UNAVAILABLE})
  public Uni<ArtifactBodies.Linked> link(
      @PathParam("artifactId") String id, @Nullable NoBody body) {
    return answers.link(id);
  }

  @DELETE
  @Path("/{artifactId}")
  @Operation(
      operationId = "deleteArtifact",
      summary = "Delete an artifact, or stop its upload",
      description =
          "What a release refers to stays; and what a published security release refers to stays"
              + " until retainedUntil.")
  @Problems({
    ProblemCode.UNKNOWN_ARTIFACT,
    ProblemCode.ARTIFACT_IN_USE,
    ProblemCode.ARTIFACTS_UNAVAILABLE
  })
  public Uni<Void> delete(@PathParam("artifactId") String id) {
    return delete
        .run(id, operator.getPrincipal().getName())
        .invoke(ArtifactAnswers::deleted)
        .replaceWithVoid();
  }
}
