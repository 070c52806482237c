package io.towncrier.updates.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.updates.FactsQuery;
import java.util.List;
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
    for (String form : List.of(UpdateResource.JSON, UpdateResource.PLAIN)) {
      String path = UpdateResource.PRODUCT + form;
      Operation check = Objects.requireNonNull(contract.getPaths().getPathItem(path)).getGET();
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
      Fact.ALL.forEach(fact -> check.addParameter(parameter(fact)));
    }
  }

  private static Parameter parameter(Fact fact) {
    return OASFactory.createParameter()
        .name(fact.code())
        .in(Parameter.In.QUERY)
        .required(fact == Fact.VERSION)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }

  private static Header header(String description) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }
}
