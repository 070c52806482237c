package io.towncrier.platform.contract;

import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
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
    ProblemResponses problems = new ProblemResponses(contract.getComponents(), members);
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
    APIResponses responses = operation.getResponses();
    // Quarkus adds refusals of its own, without a body.
    List.copyOf(responses.getAPIResponses().keySet()).stream()
        .filter(status -> status.compareTo("4") > 0)
        .forEach(responses::removeAPIResponse);
    if (endpoint.answersNothing()) {
      List.copyOf(responses.getAPIResponses().keySet()).forEach(responses::removeAPIResponse);
      responses.addAPIResponse("204", OASFactory.createAPIResponse().description("Done"));
    }
    Map<String, Schema> schemas = contract.getComponents().getSchemas();
    Tags tags = new Tags(schemas);
    if (method == PathItem.HttpMethod.GET
        && endpoint.roles().contains(Roles.OPERATOR)
        && endpoint.answersRecord()) {
      tags.ofLook(operation);
    }
    tags.ofRevisions(responses);
    for (Parameter parameter : parameters(operation)) {
      describe(operation, parameter, schemas);
    }
    problems.add(responses, codes);
    examples(operation);
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

  /** Of bodies and answers that no schema describes. */
  private void examples(Operation operation) {
    Stream.concat(
            Stream.ofNullable(operation.getRequestBody()).map(RequestBody::getContent),
            operation.getResponses().getAPIResponses().values().stream()
                .map(APIResponse::getContent))
        .filter(Objects::nonNull)
        .forEach(
            content ->
                content
                    .getMediaTypes()
                    .forEach(
                        (type, media) ->
                            members
                                .example(operation.getOperationId() + "." + type)
                                .ifPresent(media::setExample)));
  }

  private void describe(Operation operation, Parameter parameter, Map<String, Schema> schemas) {
    members
        .of(operation.getOperationId(), parameter.getName())
        .ifPresent(
            said -> {
              Schema schema =
                  parameter.getSchema() == null ? OASFactory.createSchema() : parameter.getSchema();
              Members.add(said, schema);
              schema.setDescription(null);
              Codes.resolve(schema);
              parameter.schema(schema).description(description(said, schemas));
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

  private static @Nullable String description(Schema said, Map<String, Schema> schemas) {
    if (said.getDescription() != null || said.getRef() == null) {
      return said.getDescription();
    }
    String name = said.getRef().substring(said.getRef().lastIndexOf('/') + 1);
    return schemas.containsKey(name) ? schemas.get(name).getDescription() : "";
  }
}
