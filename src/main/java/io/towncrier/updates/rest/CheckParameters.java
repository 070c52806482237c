package io.towncrier.updates.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.towncrier.releases.targeting.Fact;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Names the parameters and headers of a check in the contract: {@link FactsQuery} reads them out of
 * the query as it came, where no annotation can stand.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class CheckParameters implements OASFilter {
  @Override
  public void filterOpenAPI(OpenAPI contract) {
    Operation check =
        Objects.requireNonNull(contract.getPaths().getPathItem(UpdateResource.PATH)).getGET();
    check
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, answer) -> {
              if (status.equals("200") || status.equals("304")) {
                answer.addHeader("ETag", header("Send it back as If-None-Match."));
                answer.addHeader("Cache-Control", header("For how long the answer may be kept."));
              }
            });
    for (Fact fact : Fact.ALL) {
      check.addParameter(
          OASFactory.createParameter()
              .name(fact.code())
              .in(Parameter.In.QUERY)
              .required(fact == Fact.VERSION)
              .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
    }
  }

  private static Header header(String description) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }
}
