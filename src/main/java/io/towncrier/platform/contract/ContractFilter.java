package io.towncrier.platform.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/**
 * Tells of the bodies that may be missing ({@link SmallBodyReader}) what clients are to do: send
 * JSON, or, where nothing is read, nothing.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {
  @Override
  public Operation filterOperation(Operation operation) {
    RequestBody body = operation.getRequestBody();
    if (body == null) {
      return operation;
    }
    if (body.getContent() == null) {
      operation.setRequestBody(null);
    } else if (body.getContent().hasMediaType(MediaType.WILDCARD)) {
      Content content = body.getContent();
      content.addMediaType(MediaType.APPLICATION_JSON, content.getMediaType(MediaType.WILDCARD));
      content.removeMediaType(MediaType.WILDCARD);
    }
    return operation;
  }
}
