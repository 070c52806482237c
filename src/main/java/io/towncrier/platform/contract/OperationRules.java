package io.towncrier.platform.contract;

import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** What follows from the declaration of an endpoint: credentials, problems, bodies, parameters. */
final class OperationRules {
  private static final String JSON = "application/json";
  private static final String ANY = "*/*";
  private static final String LIMIT = "limit";
  private static final String DEVICE_SECRET_HEADER = "X-Device-Secret";

  private final Map<String, Endpoint> endpoints;
  private final Members members;

  OperationRules(Map<String, Endpoint> endpoints, Members members) {
    this.endpoints = endpoints;
    this.members = members;
  }

  void apply(OpenAPI contract) {
    ProblemResponses problems = new ProblemResponses(contract.getComponents());
    contract
        .getPaths()
        .getPathItems()
        .values()
        .forEach(
            path ->
                path.getOperations()
                    .forEach(
                        (method, operation) -> complete(method, operation, problems, contract)));
  }

  private void complete(
      PathItem.HttpMethod method,
      Operation operation,
      ProblemResponses problems,
      OpenAPI contract) {
    Endpoint endpoint = endpoints.get(operation.getOperationId());
    if (endpoint == null) {
      throw new IllegalStateException(operation.getSummary() + " has no operationId");
    }
    Set<ProblemCode> codes = problemsOf(method, operation, endpoint);
    body(operation, endpoint.body());
    Schemas schemas = new Schemas(contract.getComponents().getSchemas());
    for (Parameter parameter : parameters(operation)) {
      describe(operation, parameter, schemas);
    }
    APIResponses responses = operation.getResponses();
    // Quarkus adds refusals of its own, without a body.
    List.copyOf(responses.getAPIResponses().keySet()).stream()
        .filter(status -> status.compareTo("4") > 0)
        .forEach(responses::removeAPIResponse);
    if (endpoint.answersNothing()) {
      List.copyOf(responses.getAPIResponses().keySet()).forEach(responses::removeAPIResponse);
      responses.addAPIResponse("204", OASFactory.createAPIResponse().description("Done"));
    }
    schemas.tagRevisions(responses);
    problems.add(responses, codes);
    operation.setSecurity(security(endpoint, operation));
  }

  private static Set<ProblemCode> problemsOf(
      PathItem.HttpMethod method, Operation operation, Endpoint endpoint) {
    Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
    codes.addAll(endpoint.problems());
    boolean operators = endpoint.roles().contains(Roles.OPERATOR);
    if (!endpoint.roles().isEmpty()) {
      codes.addAll(
          EnumSet.of(
              ProblemCode.UNAUTHENTICATED,
              ProblemCode.DATABASE_UNAVAILABLE,
              ProblemCode.WRONG_MASTER_KEY));
    }
    if (operators || endpoint.roles().contains(Roles.USER)) {
      codes.add(ProblemCode.FORBIDDEN);
    }
    if (operators && method != PathItem.HttpMethod.GET) {
      codes.add(ProblemCode.STEP_UP_REQUIRED);
    }
    boolean takesBody = endpoint.body() != Endpoint.Body.NONE;
    if (takesBody || operators || endpoint.strict() || takesWhatCanBeWrong(operation)) {
      codes.add(ProblemCode.INVALID_REQUEST);
    }
    if (takesBody) {
      codes.addAll(
          EnumSet.of(
              ProblemCode.MALFORMED_JSON,
              ProblemCode.REQUEST_TIMEOUT,
              ProblemCode.BODY_TOO_LARGE,
              // Whatever type is read, no body may be encoded.
              ProblemCode.UNSUPPORTED_MEDIA_TYPE));
    }
    if (endpoint.negotiates()) {
      codes.add(ProblemCode.NOT_ACCEPTABLE);
    }
    return codes;
  }

  /** Clients send JSON, or, where nothing is read, nothing; more is taken than is told. */
  private static void body(Operation operation, Endpoint.Body body) {
    RequestBody said = operation.getRequestBody();
    if (body == Endpoint.Body.NONE || said == null || said.getContent() == null) {
      operation.setRequestBody(null);
      return;
    }
    if (said.getContent().hasMediaType(ANY)) {
      said.getContent().addMediaType(JSON, said.getContent().getMediaType(ANY));
      said.getContent().removeMediaType(ANY);
    }
    said.setRequired(body != Endpoint.Body.OPTIONAL);
  }

  private void describe(Operation operation, Parameter parameter, Schemas schemas) {
    members
        .of(operation.getOperationId(), parameter.getName())
        .ifPresent(
            said -> {
              Schema schema =
                  parameter.getSchema() == null ? OASFactory.createSchema() : parameter.getSchema();
              Members.add(said, schema);
              schema.setDescription(null);
              Codes.resolve(schema);
              parameter.schema(schema).description(schemas.description(said));
            });
  }

  private static List<SecurityRequirement> security(Endpoint endpoint, Operation operation) {
    if (endpoint.roles().contains(Roles.OPERATOR)) {
      return List.of(requirement("operatorToken"), requirement("oidc"));
    }
    if (endpoint.roles().contains(Roles.DEVICE) || endpoint.roles().contains(Roles.SIGNING_IN)) {
      return List.of(requirement("deviceSecret"));
    }
    if (endpoint.roles().contains(Roles.USER)) {
      boolean both =
          parameters(operation).stream().anyMatch(p -> DEVICE_SECRET_HEADER.equals(p.getName()));
      return List.of(
          both ? requirement("oidc").addScheme("deviceSecretHeader") : requirement("oidc"));
    }
    return List.of();
  }

  private static SecurityRequirement requirement(String scheme) {
    return OASFactory.createSecurityRequirement().addScheme(scheme);
  }

  private static boolean takesWhatCanBeWrong(Operation operation) {
    return parameters(operation).stream()
        .anyMatch(p -> p.getIn() == Parameter.In.PATH || LIMIT.equals(p.getName()));
  }

  private static List<Parameter> parameters(Operation operation) {
    return operation.getParameters() == null ? List.of() : operation.getParameters();
  }

  /** Looks up the schemas that an operation refers to. */
  private record Schemas(Map<String, Schema> all) {
    /** What has a revision is answered with it as ETag. */
    void tagRevisions(APIResponses responses) {
      responses.getAPIResponses().values().stream()
          .filter(answer -> answer.getContent() != null && answer.getContent().hasMediaType(JSON))
          .filter(answer -> hasRevision(answer.getContent().getMediaType(JSON).getSchema()))
          .forEach(answer -> answer.addHeader("ETag", tag()));
    }

    private boolean hasRevision(@Nullable Schema schema) {
      Schema target =
          schema == null || schema.getRef() == null ? null : all.get(name(schema.getRef()));
      return target != null
          && target.getProperties() != null
          && target.getProperties().containsKey("revision");
    }

    private static Header tag() {
      return OASFactory.createHeader()
          .description("Begins with the revision; send it back as If-Match.")
          .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
    }

    private static String name(String ref) {
      return ref.substring(ref.lastIndexOf('/') + 1);
    }

    String description(Schema said) {
      if (said.getDescription() != null || said.getRef() == null) {
        return said.getDescription();
      }
      Schema target = all.get(name(said.getRef()));
      return target == null ? "" : target.getDescription();
    }
  }
}
