package io.towncrier.releases.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Problem;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore.Changes;
import io.towncrier.releases.ImportCatalogue;
import io.towncrier.releases.ImportCatalogue.Outcome;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The catalogue, for operators. */
@Path("/v1/admin/catalogue")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class CatalogueResource {
  private static final ObjectReader STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final ImportCatalogue importCatalogue;

  CatalogueResource(ImportCatalogue importCatalogue) {
    this.importCatalogue = importCatalogue;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Import a catalogue",
      description =
          "All or nothing; what it does not name stays. The format is docs/catalogue.schema.json.")
  public Uni<Imported> importCatalogue(byte @Nullable [] body) throws IOException {
    JsonNode document = STRICT.readTree(Bodies.required(body));
    Catalogue catalogue = new CatalogueReader().read(document);
    return importCatalogue
        .run(catalogue)
        .map(
            outcome -> {
              if (outcome instanceof Outcome.Refused refused) {
                throw Problem.invalidRequest(refused.errors()).asException();
              }
              Changes changes = ((Outcome.Imported) outcome).changes();
              return new Imported(changes.revision(), changes.products(), changes.releases());
            });
  }

  /** What an import did. */
  record Imported(String snapshot, Changes.Count products, Changes.Count releases) {}
}
