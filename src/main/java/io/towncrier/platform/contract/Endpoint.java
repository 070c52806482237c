package io.towncrier.platform.contract;

import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.StrictNames;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;

/**
 * What the declaration of an endpoint says of it.
 *
 * @param roles one of which a caller needs; empty when anybody may call
 * @param strict whether names that it does not know are refused in the query
 * @param body what it reads
 * @param answersNothing whether its answer has no body
 * @param answersRecord whether its answer is made of a record or a tree, and so has an ETag
 * @param negotiates whether it is refused to who accepts none of what it answers with
 * @param problems that it answers with, beyond those that follow from the rest
 */
record Endpoint(
    List<String> roles,
    boolean strict,
    Body body,
    boolean answersNothing,
    boolean answersRecord,
    boolean negotiates,
    List<ProblemCode> problems) {
  private static final DotName ROLES = DotName.createSimple(RolesAllowed.class);
  private static final DotName STRICT = DotName.createSimple(StrictNames.class);
  private static final String ANY = MediaType.WILDCARD;
  private static final String NOTHING = "<java.lang.Void>";
  private static final String RESPONSE = Response.class.getName();
  private static final String OURS = "io.towncrier.";
  private static final String TREE = "com.fasterxml.jackson.databind.node.";
  private static final DotName PRODUCES = DotName.createSimple(Produces.class);
  private static final DotName CONSUMES = DotName.createSimple(Consumes.class);
  private static final DotName BODY = DotName.createSimple(RequestBody.class);
  private static final DotName PROBLEMS = DotName.createSimple(Problems.class);

  /** All of them, by the id of their operation. */
  static Map<String, Endpoint> all(IndexView index) {
    Map<String, Endpoint> found = new HashMap<>();
    for (AnnotationInstance operation :
        index.getAnnotations(DotName.createSimple(Operation.class))) {
      if (operation.target().kind() == AnnotationTarget.Kind.METHOD
          && operation.value("operationId") != null) {
        found.put(operation.value("operationId").asString(), of(operation.target().asMethod()));
      }
    }
    return found;
  }

  /** A response that is made by hand says what it is, whatever was asked for. */
  private static boolean negotiates(MethodInfo method) {
    String answer = method.returnType().toString();
    boolean says =
        method.hasDeclaredAnnotation(PRODUCES)
            || method.declaringClass().hasDeclaredAnnotation(PRODUCES);
    return says || !(answer.endsWith(NOTHING) || answer.contains(RESPONSE));
  }

  /** Texts and bytes go out as they are. */
  private static boolean answersRecord(String answer) {
    return answer.contains(OURS) || answer.contains(TREE);
  }

  private static Endpoint of(MethodInfo method) {
    AnnotationInstance own = method.declaredAnnotation(ROLES);
    AnnotationInstance roles =
        own != null ? own : method.declaringClass().declaredAnnotation(ROLES);
    AnnotationInstance problems = method.declaredAnnotation(PROBLEMS);
    return new Endpoint(
        roles == null ? List.of() : List.of(roles.value().asStringArray()),
        method.declaringClass().hasDeclaredAnnotation(STRICT),
        body(method),
        method.returnType().toString().endsWith(NOTHING),
        answersRecord(method.returnType().toString()),
        negotiates(method),
        problems == null
            ? List.of()
            : Arrays.stream(problems.value().asEnumArray()).map(ProblemCode::valueOf).toList());
  }

  /** What an endpoint reads. */
  enum Body {
    NONE,
    REQUIRED,
    /** It may be missing. */
    OPTIONAL
  }

  private static Body body(MethodInfo method) {
    AnnotationInstance consumes = method.declaredAnnotation(CONSUMES);
    AnnotationInstance said = method.declaredAnnotation(BODY);
    boolean insists =
        said != null && said.value("required") != null && said.value("required").asBoolean();
    if (consumes != null && List.of(consumes.value().asStringArray()).contains(ANY) && !insists) {
      return Body.OPTIONAL;
    }
    return method.parameters().stream().anyMatch(Endpoint::isBody) ? Body.REQUIRED : Body.NONE;
  }

  /** What comes from elsewhere in the request says so. */
  private static boolean isBody(MethodParameterInfo parameter) {
    return parameter.declaredAnnotations().stream()
        .noneMatch(a -> a.name().toString().startsWith("jakarta.ws.rs."));
  }
}
