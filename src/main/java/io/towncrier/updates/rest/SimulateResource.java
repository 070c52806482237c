package io.towncrier.updates.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.time.Moments;
import io.towncrier.releases.ReleaseId;
import io.towncrier.updates.preview.SimulateChange;
import io.towncrier.updates.preview.SimulateChange.Outcome;
import io.towncrier.updates.preview.Simulation;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A change tried on the registered devices, for operators. */
@Path("/v1/admin/simulate")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class SimulateResource {
  private final SimulateChange simulate;

  SimulateResource(SimulateChange simulate) {
    this.simulate = simulate;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "simulateChange",
      summary = "Simulate a change: which devices would get a different answer",
      description =
          "With a draft published, a release withdrawn, published again, halted, resumed or given"
              + " other phases, or several of these; ids are product:version. Rollouts stand as"
              + " they do at the time at, or with finished at the end of the draft's.")
  @Problems({ProblemCode.UNKNOWN_RELEASE, ProblemCode.WRONG_STATE})
  @APIResponse(responseCode = "200", description = "The devices by decision, before and after")
  public Uni<Answer> simulate(@Nullable Body body) {
    return simulate.run(Bodies.required(body).read()).map(SimulateResource::answer);
  }

  private static Answer answer(Outcome outcome) {
    if (outcome instanceof Outcome.Simulated done) {
      Simulation.Result result = done.result();
      return new Answer(
          done.at(),
          result.all(),
          result.countries(),
          result.versions(),
          result.examples(),
          LintResource.Answer.of(done.findings()));
    }
    if (outcome instanceof Outcome.WrongState) {
      throw ProblemCode.WRONG_STATE
          .with(
              "Only a draft or a withdrawn release can be published, and only a published release"
                  + " withdrawn, halted, resumed or given phases.")
          .asException();
    }
    if (outcome instanceof Outcome.UnknownRelease) {
      throw ProblemCode.UNKNOWN_RELEASE
          .with("Ids are product:version, case-sensitive.")
          .asException();
    }
    throw new ForgottenCase(outcome);
  }

  /** What is tried. */
  @Schema(name = "SimulationRequest")
  record Body(
      @Nullable String draft,
      @Nullable String withdraw,
      @Nullable String at,
      @Nullable Boolean finished,
      @Nullable String publish,
      @Nullable String halt,
      @Nullable String resume,
      SteeredBody.@Nullable TriedPhases phases) {
    SimulateChange.Change read() {
      InputReader input = new InputReader();
      input.notEmpty("draft", draft);
      input.notEmpty("withdraw", withdraw);
      input.notEmpty("at", at);
      Optional<ReleaseId> out =
          input.parsed("draft", draft, ReleaseId::parse, "must be product:version");
      Optional<ReleaseId> back =
          input.parsed("withdraw", withdraw, ReleaseId::parse, "must be product:version");
      Optional<Instant> moment = Moments.read(input, "at", at);
      List<SimulateChange.Steered> steered = steered(input);
      if (out.isEmpty() && back.isEmpty() && steered.isEmpty() && input.errorCount() == 0) {
        input.reject("draft", "is required, or withdraw, publish, halt, resume or phases is");
      }
      if (out.isPresent()
          && back.isPresent()
          && !out.get().product().equals(back.get().product())) {
        input.reject("withdraw", "must be of the draft's product");
      } else if (products(out, back, steered) > 1) {
        input.reject("body", "must be of one product");
      }
      input.finish();
      return new SimulateChange.Change(out, back, moment, Boolean.TRUE.equals(finished), steered);
    }

    private List<SimulateChange.Steered> steered(InputReader input) {
      return Stream.of(
              SteeredBody.act(input, "publish", publish, SimulateChange.Steered.Act.PUBLISH),
              SteeredBody.phases(input, phases),
              SteeredBody.act(input, "halt", halt, SimulateChange.Steered.Act.HALT),
              SteeredBody.act(input, "resume", resume, SimulateChange.Steered.Act.RESUME))
          .flatMap(List::stream)
          .toList();
    }

    private static long products(
        Optional<ReleaseId> out, Optional<ReleaseId> back, List<SimulateChange.Steered> steered) {
      return Stream.concat(
              Stream.concat(out.stream(), back.stream()),
              steered.stream().map(SimulateChange.Steered::release))
          .map(ReleaseId::product)
          .distinct()
          .count();
    }
  }

  /**
   * What the change comes to.
   *
   * @param at the moment for which it was decided
   * @param byCountry at most 200 countries, those with the most devices
   * @param byVersion the same of installed versions
   * @param examples at most 100 devices that are answered otherwise
   * @param lint what the linter finds with the change
   */
  @Schema(name = "SimulationResult")
  record Answer(
      Instant at,
      Simulation.Counts devices,
      Simulation.Grouped byCountry,
      Simulation.Grouped byVersion,
      List<Simulation.Example> examples,
      LintResource.Answer lint) {}
}
