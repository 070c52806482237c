package io.towncrier.halts.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.halts.HaltCell;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.updates.UpdatesConfig;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Stops everything of the cell, for operators. */
@Path("/v1/admin")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class HaltResource {
  private static final int LONGEST_REASON = 500;

  private final HaltCell cell;
  private final UpdatesConfig updates;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  HaltResource(
      HaltCell cell, UpdatesConfig updates, InstantSource clock, SecurityIdentity operator) {
    this.cell = cell;
    this.updates = updates;
    this.clock = clock;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/halt")
  @Operation(operationId = "getHalt", summary = "Get what is halted for the whole cell")
  public Uni<HaltBodies.Standing> show() {
    return cell.now().map(HaltBodies.Standing::of);
  }

  @POST
  @Path("/halt")
  @Operation(
      operationId = "haltCell",
      summary = "Halt pushes, rollouts or all for the whole cell",
      description =
          "Answered when no instance claims a push or makes an offer that is halted, and no such"
              + " push is in flight. Copies of offers in shared caches end at cachedUntil. A halt"
              + " holds over restarts until it is resumed; another one only adds to it.")
  @Problems({ProblemCode.NOT_YET_EFFECTIVE})
  @APIResponse(responseCode = "200", description = "What is halted now, and since when it holds")
  public Uni<HaltBodies.Halted> halt(HaltBodies.@Nullable Request body) {
    HaltBodies.Request given = Bodies.required(body);
    InputReader input = new InputReader();
    Optional<Set<HaltCell.Part>> parts = parts(input, given.what());
    String reason = input.visibleText("reason", given.reason(), LONGEST_REASON);
    input.finish();
    return cell.halt(
            parts.orElseThrow(), Boolean.TRUE.equals(given.exceptSecurity()), reason, name())
        .map(standing -> HaltBodies.Halted.of(standing, clock.instant(), updates.cacheMaxAge()));
  }

  @POST
  @Path("/resume")
  @Operation(
      operationId = "resumeCell",
      summary = "Resume what a halt of the cell has stopped",
      description =
          "What was halted by itself, a rollout or a notice, stays halted. The clocks of rollouts"
              + " go on where they stood still.")
  @Problems({ProblemCode.WRONG_STATE})
  @APIResponse(responseCode = "200", description = "What was resumed, and what is halted still")
  public Uni<HaltBodies.Resumed> resume(HaltBodies.@Nullable Resumption body) {
    HaltBodies.Resumption given = Bodies.required(body);
    InputReader input = new InputReader();
    Optional<Set<HaltCell.Part>> parts = parts(input, given.what());
    String reason = input.visibleText("reason", given.reason(), LONGEST_REASON);
    input.finish();
    return cell.resume(parts.orElseThrow(), reason, name())
        .invoke(HaltResource::require)
        .chain(resumed -> cell.now().map(standing -> HaltBodies.Resumed.of(resumed, standing)));
  }

  private static Optional<Set<HaltCell.Part>> parts(InputReader input, @Nullable String what) {
    return input.parsed(
        "what",
        input.text("what", what, 16),
        HaltCell.Part::parse,
        "must be pushes, rollouts or all");
  }

  private static void require(List<HaltCell.Part> resumed) {
    if (resumed.isEmpty()) {
      throw ProblemCode.WRONG_STATE
          .with("Nothing of that is halted for the whole cell. GET /v1/admin/halt shows what is.")
          .asException();
    }
  }

  private String name() {
    return operator.getPrincipal().getName();
  }
}
