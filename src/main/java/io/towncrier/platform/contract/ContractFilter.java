package io.towncrier.platform.contract;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/**
 * Completes the OpenAPI document that was read off the endpoints with what follows from their
 * declarations (docs/adr/0033). It runs when the service is built, behind every other filter.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = Integer.MIN_VALUE)
public class ContractFilter implements OASFilter {
  private final IndexView index;

  public ContractFilter(IndexView index) {
    this.index = index;
  }

  @Override
  public void filterOpenAPI(OpenAPI contract) {
    Members members = Members.read();
    new SchemaRules(index, members).apply(contract);
    new OperationRules(Endpoint.all(index), members).apply(contract);
    Unused.remove(contract);
  }
}
