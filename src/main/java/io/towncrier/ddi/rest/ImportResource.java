package io.towncrier.ddi.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.enrolment.ImportControllers;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Brings routers that speak DDI, for operators. */
@Path("/v1/admin/devices/import")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ImportResource {
  private final ImportControllers imports;
  private final SecurityIdentity operator;

  ImportResource(ImportControllers imports, SecurityIdentity operator) {
    this.imports = imports;
    this.operator = operator;
  }

  @POST
  @Operation(
      operationId = "importDevices",
      summary = "Import routers that speak hawkBit's DDI, at most 500 at once",
      description =
          "All or none. A router that is there keeps its id and its facts, and gets the new token;"
              + " so an import can be repeated.")
  @Problems({ProblemCode.UNKNOWN_PRODUCT, ProblemCode.WRONG_STATE})
  @APIResponse(responseCode = "200", description = "Imported")
  public Uni<EnrolmentBodies.Imported> run(EnrolmentBodies.@Nullable Import body) {
    EnrolmentBodies.Import given = Bodies.required(body);
    InputReader input = new InputReader();
    String product = input.text("product", given.product(), 80);
    List<ImportControllers.Entry> entries = given.read(input);
    input.finish(20);
    return imports
        .run(product, entries, operator.getPrincipal().getName())
        .map(EnrolmentBodies.Imported::new);
  }
}
