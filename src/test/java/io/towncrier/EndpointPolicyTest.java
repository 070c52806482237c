package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every endpoint says who may call it: deny by default, and nobody forgets to decide. */
@Tag("zoneless")
class EndpointPolicyTest {
  private static final Set<Class<? extends Annotation>> POLICIES =
      Set.of(
          PermitAll.class,
          DenyAll.class,
          RolesAllowed.class,
          Authenticated.class,
          PermissionsAllowed.class);

  private static final Set<String> ROLES =
      Set.of(
          Roles.OPERATOR,
          Roles.VIEWER,
          Roles.USER,
          Roles.DEVICE,
          Roles.SIGNING_IN,
          Roles.CONTROLLER);
  private static final Set<String> LOOKS = Set.of(Roles.OPERATOR, Roles.VIEWER);
  private static final Set<String> CHANGES = Set.of(Roles.OPERATOR);
  private static final String ADMIN = "/v1/admin/";

  private static final JavaClasses OURS = ImportedClasses.OURS;
  private static final JavaClasses KNOWN_BAD = ImportedClasses.KNOWN_BAD;

  @Test
  void everyEndpointHasExactlyOnePolicy() {
    assertThat(endpoints(OURS)).hasSizeGreaterThan(15);
    assertThat(defects(OURS)).isEmpty();
  }

  // Two policies on one method are not among them: Quarkus does not build those.
  @Test
  void anEndpointWithoutAClearPolicyIsCaught() {
    assertThat(defects(KNOWN_BAD))
        .containsExactlyInAnyOrder(
            "BadEndpoints.noPolicy has 0 policies",
            "BadEndpoints.noRole names roles that do not exist: []",
            "BadEndpoints.unknownRole names roles that do not exist: [administrator]",
            "BadEndpoints.openToAll is below /v1/admin/ and not for [operator]",
            "BadEndpoints.viewersChange is below /v1/admin/ and not for [operator]",
            "BadEndpoints.viewersForgotten is below /v1/admin/ and not for [operator, viewer]",
            "BadEndpoints.operatorsElsewhere is for operators and not below /v1/admin/");
  }

  @Test
  void nothingButTheAnonymousCheckIsServedPastThePolicies() {
    // A route of Vert.x, a reactive route or a servlet would not be asked for its policy.
    assertThat(
            OURS.stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> servesByItself(dependency.getTargetClass().getName()))
                .map(dependency -> dependency.getOriginClass().getName())
                .distinct())
        .containsExactlyInAnyOrder(
            // These answer refusals and what is public anyway, or count.
            "io.towncrier.artifacts.files.DownloadRoute",
            "io.towncrier.functions.gateway.EdgeRequests",
            "io.towncrier.platform.contract.LateContract",
            "io.towncrier.platform.rest.edge.Cors",
            "io.towncrier.platform.rest.edge.EdgeGuard",
            "io.towncrier.platform.rest.health.PublicHealth",
            "io.towncrier.server.metrics.HttpSeries",
            "io.towncrier.updates.rest.CheckLimit",
            "io.towncrier.updates.rest.CheckRoute");
    // It answers in place of this one, for everybody.
    assertThat(
            OURS.get("io.towncrier.updates.rest.UpdateResource").isAnnotatedWith(PermitAll.class))
        .isTrue();
  }

  private static boolean servesByItself(String type) {
    return type.equals("io.vertx.ext.web.Router")
        || type.startsWith("io.quarkus.vertx.web.")
        || type.startsWith("jakarta.servlet.");
  }

  private static List<JavaMethod> endpoints(JavaClasses classes) {
    return classes.stream()
        .flatMap(c -> c.getMethods().stream())
        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
        .toList();
  }

  private static List<String> defects(JavaClasses classes) {
    List<String> defects = new ArrayList<>();
    for (JavaMethod endpoint : endpoints(classes)) {
      String name = endpoint.getOwner().getSimpleName() + "." + endpoint.getName();
      // A policy of the method stands in place of the one of the class.
      List<Class<? extends Annotation>> own = policies(endpoint);
      CanBeAnnotated where = own.isEmpty() ? endpoint.getOwner() : endpoint;
      List<Class<? extends Annotation>> policies = policies(where);
      if (policies.size() != 1) {
        defects.add(name + " has " + policies.size() + " policies");
        continue;
      }
      List<String> roles =
          policies.get(0) == RolesAllowed.class ? roles(where) : List.of("no role");
      boolean namesRoles = policies.get(0) == RolesAllowed.class;
      if (namesRoles && (roles.isEmpty() || !ROLES.containsAll(roles))) {
        defects.add(name + " names roles that do not exist: " + roles);
        continue;
      }
      boolean admin = path(endpoint).startsWith(ADMIN);
      // What is a GET changes nothing, and viewers may call it; all else is for operators alone.
      Set<String> meant = endpoint.isAnnotatedWith(GET.class) ? LOOKS : CHANGES;
      if (admin && !Set.copyOf(roles).equals(meant)) {
        defects.add(name + " is below " + ADMIN + " and not for " + new TreeSet<>(meant));
      } else if (!admin && roles.contains(Roles.OPERATOR)) {
        defects.add(name + " is for operators and not below " + ADMIN);
      }
    }
    return defects;
  }

  private static List<Class<? extends Annotation>> policies(CanBeAnnotated where) {
    return POLICIES.stream().filter(where::isAnnotatedWith).toList();
  }

  private static List<String> roles(CanBeAnnotated where) {
    RolesAllowed allowed =
        where instanceof JavaMethod method
            ? method.getAnnotationOfType(RolesAllowed.class)
            : ((JavaClass) where).getAnnotationOfType(RolesAllowed.class);
    return List.of(allowed.value());
  }

  private static String path(JavaMethod endpoint) {
    return Stream.concat(
                endpoint.getOwner().tryGetAnnotationOfType(Path.class).stream(),
                endpoint.tryGetAnnotationOfType(Path.class).stream())
            .map(Path::value)
            .reduce("", String::concat)
        + "/";
  }
}
