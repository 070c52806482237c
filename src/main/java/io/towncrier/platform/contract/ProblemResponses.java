package io.towncrier.platform.contract;

import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * The problems of an operation, one response a status. Each set of codes stands once among the
 * components, is named by its codes, and has an example of each.
 */
final class ProblemResponses {
  private static final String MEDIA_TYPE = "application/problem+json";

  /** What any request can be answered with before its operation is known, and what must not be. */
  private static final Set<ProblemCode> OF_ALL =
      EnumSet.of(
          ProblemCode.METHOD_NOT_ALLOWED,
          ProblemCode.URI_TOO_LONG,
          ProblemCode.HEADERS_TOO_LARGE,
          ProblemCode.INTERNAL);

  private static final Set<Integer> LATER = Set.of(429, 503);
  private static final int UNAUTHENTICATED = 401;

  private final Components components;
  private final Members members;

  ProblemResponses(Components components, Members members) {
    this.components = components;
    this.members = members;
    components.addResponse("problem", response("Any other problem", OF_ALL));
  }

  void add(APIResponses responses, Set<ProblemCode> codes) {
    Map<Integer, Set<ProblemCode>> byStatus =
        codes.stream()
            .collect(
                Collectors.groupingBy(
                    ProblemCode::status,
                    TreeMap::new,
                    Collectors.toCollection(() -> EnumSet.noneOf(ProblemCode.class))));
    byStatus.forEach(
        (status, some) -> responses.addAPIResponse(status.toString(), reference(named(some))));
    responses.addAPIResponse("default", reference("problem"));
  }

  private static APIResponse reference(String name) {
    return OASFactory.createAPIResponse().ref(name);
  }

  /** Dots keep the codes apart, since these hold hyphens. */
  private String named(Set<ProblemCode> codes) {
    String name = codes.stream().map(ProblemCode::code).collect(Collectors.joining("."));
    if (components.getResponses() == null || !components.getResponses().containsKey(name)) {
      components.addResponse(
          name,
          response(
              codes.stream().map(ProblemCode::title).collect(Collectors.joining("; ")), codes));
    }
    return name;
  }

  private APIResponse response(String description, Set<ProblemCode> codes) {
    MediaType body = OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
    for (ProblemCode code : codes) {
      components.addExample(
          code.code(), OASFactory.createExample().summary(code.title()).value(example(code)));
      body.addExample(code.code(), OASFactory.createExample().ref(code.code()));
    }
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(description)
            .content(OASFactory.createContent().addMediaType(MEDIA_TYPE, body));
    int status = codes.iterator().next().status();
    if (LATER.contains(status)) {
      response.addHeader("Retry-After", header(Schema.SchemaType.INTEGER, "Seconds to wait"));
    }
    if (status == UNAUTHENTICATED) {
      response.addHeader(
          "WWW-Authenticate", header(Schema.SchemaType.STRING, "Which credential is accepted"));
    }
    return response;
  }

  private static Header header(Schema.SchemaType type, String description) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(type));
  }

  /** As the service says it: its detail stands in META-INF/contract-examples.yaml. */
  private Map<String, Object> example(ProblemCode code) {
    String name = "Problem.detail." + code.code();
    Problem problem =
        code.with(
            members
                .example(name)
                .orElseThrow(() -> new IllegalStateException("no example of " + name))
                .toString());
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("code", problem.code());
    value.put("title", problem.title());
    value.put("status", problem.status());
    value.put("detail", problem.detail());
    value.put("errors", members.example("Problem.errors." + code.code()).orElse(List.of()));
    return value;
  }
}
