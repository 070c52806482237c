package io.towncrier.releases.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.CatalogueStore.Changes;
import io.towncrier.releases.editing.ImportCatalogue;
import io.towncrier.releases.editing.ImportCatalogue.Outcome;
import io.towncrier.releases.json.CatalogueReader;
import io.towncrier.releases.json.CatalogueWriter;
import io.towncrier.releases.json.ReleaseJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final SecurityIdentity operator;

  CatalogueResource(
      ImportCatalogue importCatalogue, CatalogueStore store, SecurityIdentity operator) {
    this.importCatalogue = importCatalogue;
    this.store = store;
    this.operator = operator;
  }

  @GET
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
              + " What the linter finds an error in is refused.")
  @Problems({ProblemCode.IMPORT_UNDER_WAY})
  public Uni<Imported> importCatalogue(byte @Nullable [] body) {
    byte[] document = Bodies.required(body);
    String author = operator.getPrincipal().getName();
    // Megabytes take seconds: not on a thread that answers checks.
    return Offload.run(() -> read(document))
        .chain(catalogue -> importCatalogue.run(catalogue, author))
        .map(
            outcome -> {
              if (outcome instanceof Outcome.Refused refused) {
                throw Problem.invalidRequest(refused.errors()).asException();
              }
              Changes changes = ((Outcome.Imported) outcome).changes();
              return new Imported(changes.revision().id(), changes.products(), changes.releases());
            });
  }

  private static Catalogue read(byte[] document) {
    try {
      return new CatalogueReader().read(ReleaseJson.tree(document));
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
