package io.towncrier.platform.contract;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/**
 * Which answers have an ETag, and which operations take it back. {@code RevisionTag} gives the tags
 * and answers 304.
 */
final class Tags {
  private static final String JSON = "application/json";
  private static final String OK = "200";
  private static final String NOT_MODIFIED = "304";
  private static final String REVISION = "\"[0-9]{1,9}(-[0-9a-f]{1,64})?\"";
  private static final int LONGEST = 80;

  private final Map<String, Schema> schemas;

  Tags(Map<String, Schema> schemas) {
    this.schemas = schemas;
  }

  /** A look of an operator is not answered again to a client that has it. */
  void ofLook(Operation operation) {
    boolean taken =
        operation.getParameters() != null
            && operation.getParameters().stream()
                .anyMatch(p -> HttpHeaders.IF_NONE_MATCH.equals(p.getName()));
    if (!taken) {
      operation.addParameter(
          OASFactory.createParameter().name(HttpHeaders.IF_NONE_MATCH).in(Parameter.In.HEADER));
    }
    APIResponses responses = operation.getResponses();
    responses.addAPIResponse(
        NOT_MODIFIED,
        OASFactory.createAPIResponse().description("As before: If-None-Match held the ETag"));
    responses
        .getAPIResponse(OK)
        .addHeader(
            HttpHeaders.ETAG,
            tag("Changes with the answer; send it back as If-None-Match, and get 304 until then."));
  }

  /** What has a revision is answered with it as ETag. */
  void ofRevisions(APIResponses responses) {
    responses.getAPIResponses().values().stream()
        .filter(answer -> answer.getContent() != null && answer.getContent().hasMediaType(JSON))
        .filter(answer -> hasRevision(answer.getContent().getMediaType(JSON).getSchema()))
        .forEach(Tags::addRevision);
  }

  private static void addRevision(APIResponse answer) {
    Header header = tag("Begins with the revision; send it back as If-Match.");
    header.getSchema().setPattern("^(W/)?" + REVISION + "$");
    answer.addHeader(HttpHeaders.ETAG, header);
  }

  private boolean hasRevision(@Nullable Schema schema) {
    Schema target = schema == null || schema.getRef() == null ? null : named(schema.getRef());
    return target != null
        && target.getProperties() != null
        && target.getProperties().containsKey("revision");
  }

  private @Nullable Schema named(String ref) {
    return schemas.get(ref.substring(ref.lastIndexOf('/') + 1));
  }

  private static Header tag(String description) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING).maxLength(LONGEST));
  }
}
