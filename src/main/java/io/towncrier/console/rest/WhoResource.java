package io.towncrier.console.rest;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.security.identity.SecurityIdentity;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.notices.NoticesConfig;
import io.towncrier.platform.auth.MultiFactor;
import io.towncrier.platform.auth.OidcUse;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.build.BuiltFrom;
import io.towncrier.releases.editing.ReleasesConfig;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who calls, and what they call: what a console shows in its frame. */
@Path("/v1/admin/session")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class WhoResource {
  private final ConsoleConfig console;
  private final NoticesConfig notices;
  private final ReleasesConfig releases;
  private final OidcUse oidc;
  private final String version;
  private final SecurityIdentity operator;

  WhoResource(
      ConsoleConfig console,
      NoticesConfig notices,
      ReleasesConfig releases,
      OidcUse oidc,
      @ConfigProperty(name = "quarkus.application.version") String version,
      SecurityIdentity operator) {
    this.console = console;
    this.notices = notices;
    this.releases = releases;
    this.oidc = oidc;
    this.version = version;
    this.operator = operator;
  }

  /**
   * Who calls, and what they call.
   *
   * @param operator the subject, as the audit log names it
   * @param roles operator, or viewer, which looks and changes nothing
   * @param mayChange whether this is an operator whose sign-in is strong enough for changes
   * @param signIn how operators sign in here
   * @param cell the name of this installation
   * @param flavour whether a plain server answers or a function
   * @param approvals what is to be approved by somebody who did not write it
   */
  @Schema(name = "OperatorSession")
  record Who(
      String operator,
      List<String> roles,
      boolean mayChange,
      SignInKind signIn,
      String cell,
      Flavour flavour,
      String version,
      String commit,
      Approvals approvals) {}

  /** How operators sign in. */
  enum SignInKind {
    token,
    oidc
  }

  /** What answers. */
  enum Flavour {
    server,
    functions
  }

  /**
   * Whether a second person is needed.
   *
   * @param releases to publish a release, and to widen its rollout
   * @param notices to start a notice
   */
  @Schema(name = "ApprovalsInForce")
  record Approvals(boolean releases, boolean notices) {}

  @GET
  @Operation(
      operationId = "getOperatorSession",
      summary = "Get the signed-in operator and this installation")
  public Who show() {
    return new Who(
        operator.getPrincipal().getName(),
        operator.getRoles().stream().sorted().toList(),
        operator.hasRole(Roles.OPERATOR) && MultiFactor.isShown(operator),
        oidc.isConfigured() ? SignInKind.oidc : SignInKind.token,
        console.cell(),
        ConfigUtils.isProfileActive("lambda") ? Flavour.functions : Flavour.server,
        version,
        BuiltFrom.commit(),
        new Approvals(releases.approvals() || notices.approvals(), notices.approvals()));
  }
}
