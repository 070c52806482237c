package io.towncrier.updates.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.towncrier.releases.targeting.Fact;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Names the parameters of a check in the contract: {@link FactsQuery} reads them out of the query
 * as it came, where no annotation can stand.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class CheckParameters implements OASFilter {
  @Override
  public void filterOpenAPI(OpenAPI contract) {
    Operation check =
        Objects.requireNonNull(contract.getPaths().getPathItem(UpdateResource.PATH)).getGET();
    for (Fact fact : Fact.ALL) {
      check.addParameter(
          OASFactory.createParameter()
              .name(fact.code())
              .in(Parameter.In.QUERY)
              .required(fact == Fact.VERSION)
              .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
    }
  }
}
