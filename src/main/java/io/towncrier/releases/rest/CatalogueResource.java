package io.towncrier.releases.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.guards.ReachGuard;
import io.towncrier.platform.rest.guards.Widening;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.CatalogueStore.Changes;
import io.towncrier.releases.editing.ImportCatalogue;
import io.towncrier.releases.editing.ImportCatalogue.Outcome;
import io.towncrier.releases.editing.ImportCatalogue.Preview;
import io.towncrier.releases.json.CatalogueReader;
import io.towncrier.releases.json.CatalogueWriter;
import io.towncrier.releases.json.ReleaseJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The catalogue as one document, for operators. */
@Path("/v1/admin/catalogue")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class CatalogueResource {
  private final ImportCatalogue importCatalogue;
  private final CatalogueStore store;
  private final ArtifactIds artifacts;
  private final SecurityIdentity operator;

  CatalogueResource(
      ImportCatalogue importCatalogue,
      CatalogueStore store,
      ArtifactIds artifacts,
      SecurityIdentity operator) {
    this.importCatalogue = importCatalogue;
    this.store = store;
    this.artifacts = artifacts;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The catalogue",
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Catalogue")))
  @Operation(
      operationId = "exportCatalogue",
      summary = "Export the catalogue",
      description =
          "All of it, drafts included, in the format of the import. Imported again it changes"
              + " nothing, and exported again it has the same bytes.")
  public Uni<byte[]> export() {
    return store.load().chain(all -> Offload.run(() -> CatalogueWriter.write(all)));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Catalogue")))
  @Operation(
      operationId = "importCatalogue",
      summary = "Import a catalogue",
      description =
          "All or nothing; what it does not name stays. The format is docs/catalogue.schema.json."
              + " What the linter finds an error in is refused. With expectedAtMost nothing is done"
              + " when it reaches more than five percent above it.")
  @Problems({ProblemCode.IMPORT_UNDER_WAY, ProblemCode.REACH_HAS_GROWN})
  public Uni<Imported> importCatalogue(
      @QueryParam("expectedAtMost") @Nullable String expectedAtMost, byte @Nullable [] body) {
    byte[] document = Bodies.required(body);
    InputReader input = new InputReader();
    OptionalLong expected = Widening.expectedIn(input, expectedAtMost);
    input.finish();
    Optional<LongPredicate> tooMany =
        expected.isEmpty()
            ? Optional.empty()
            : Optional.of(reach -> ReachGuard.hasGrown(expected.getAsLong(), reach));
    return read(document)
        .chain(catalogue -> importCatalogue.run(catalogue, operator(), tooMany))
        .map(CatalogueResource::imported);
  }

  @POST
  @Path("/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Catalogue")))
  @Operation(
      operationId = "previewImport",
      summary = "Say what an import of a catalogue would do",
      description =
          "Nothing is changed. What the import would refuse is refused here with the same defects;"
              + " else it answers what would be made and changed, how many devices that reaches at"
              + " most, and the linter's warnings about the products concerned. reach.atMost is what"
              + " the import takes as expectedAtMost.")
  @Problems({ProblemCode.IMPORT_UNDER_WAY})
  public Uni<ImportPreview> preview(byte @Nullable [] body) {
    return read(Bodies.required(body))
        .chain(catalogue -> importCatalogue.preview(catalogue, operator()))
        .map(CatalogueResource::previewed);
  }

  private String operator() {
    return operator.getPrincipal().getName();
  }

  // Megabytes take seconds: not on a thread that answers checks.
  private Uni<Catalogue> read(byte[] document) {
    return Offload.run(() -> tree(document))
        .chain(artifacts::filledCatalogue)
        .chain(tree -> Offload.run(() -> new CatalogueReader().read(tree)));
  }

  private static Imported imported(Outcome outcome) {
    if (outcome instanceof Outcome.Imported imported) {
      Changes changes = imported.changes();
      return new Imported(changes.revision().id(), changes.products(), changes.releases());
    } else if (outcome instanceof Outcome.Refused refused) {
      throw refused(refused);
    } else if (outcome instanceof Outcome.TooMany tooMany) {
      throw ReachGuard.grown(tooMany.atMost(), tooMany.asOf());
    }
    throw new ForgottenCase(outcome);
  }

  private static ImportPreview previewed(Preview preview) {
    if (preview instanceof Preview.Accepted accepted) {
      return ImportPreview.of(accepted);
    } else if (preview instanceof Outcome.Refused refused) {
      throw refused(refused);
    }
    throw new ForgottenCase(preview);
  }

  private static RuntimeException refused(Outcome.Refused refused) {
    return Problem.invalidRequest(refused.errors(), CatalogueReader.MAX_ERRORS).asException();
  }

  private static JsonNode tree(byte[] document) {
    try {
      return ReleaseJson.tree(document);
    } catch (JsonProcessingException malformed) {
      throw new WebApplicationException(malformed, 400);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** What an import did. */
  @Schema(name = "CatalogueImport")
  record Imported(String snapshot, Changes.Count products, Changes.Count releases) {}
}
