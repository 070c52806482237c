package io.towncrier.updates.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Product;
import io.towncrier.releases.ReleaseId;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.preview.LintCatalogue;
import io.towncrier.updates.preview.LintCatalogue.Outcome;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the linter finds, for operators. */
@Path("/v1/admin/lint")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class LintResource {
  private final LintCatalogue lint;

  LintResource(LintCatalogue lint) {
    this.lint = lint;
  }

  @GET
  @Operation(
      operationId = "lintCatalogue",
      summary = "Lint a product, a draft or the whole catalogue",
      description =
          "Checks that every live version reaches its target. Drafts are left out; the "
              + "one that draft names is checked as if it were published.")
  @Problems({ProblemCode.UNKNOWN_PRODUCT, ProblemCode.UNKNOWN_RELEASE, ProblemCode.WRONG_STATE})
  @APIResponse(responseCode = "200", description = "The findings; an error forbids publishing")
  public Uni<Answer> lint(
      @QueryParam("product") @Nullable String product,
      @QueryParam("draft") @Nullable String draft) {
    InputReader input = new InputReader();
    Optional<String> of =
        input.parsed(
            "product",
            InputReader.withPlus(product),
            id -> Optional.of(id).filter(Product::isId),
            "is not a product id");
    Optional<ReleaseId> named =
        input.parsed(
            "draft", InputReader.withPlus(draft), ReleaseId::parse, "must be product:version");
    if (named.isPresent() && of.isPresent() && !named.get().product().equals(of.get())) {
      input.reject("draft", "must be of that product");
    }
    input.finish();
    Uni<Outcome> outcome =
        named.isPresent()
            ? lint.withDraft(named.get())
            : of.isPresent() ? lint.product(of.get()) : lint.all();
    return outcome.map(LintResource::answer);
  }

  private static Answer answer(Outcome outcome) {
    if (outcome instanceof Outcome.Linted linted) {
      return Answer.of(linted.findings());
    } else if (outcome instanceof Outcome.UnknownProduct) {
      throw AnswerCheck.unknownProduct().asException();
    } else if (outcome instanceof Outcome.NoDraft) {
      throw ProblemCode.WRONG_STATE
          .with("The release is not a draft. Lint its product instead.")
          .asException();
    } else if (outcome instanceof Outcome.UnknownRelease) {
      throw ProblemCode.UNKNOWN_RELEASE
          .with("Ids are product:version, case-sensitive.")
          .asException();
    }
    throw new ForgottenCase(outcome);
  }

  /** Everything that was found, and how much of it forbids publishing. */
  @Schema(name = "LintReport")
  record Answer(List<Found> findings, long errors, long warnings) {
    static Answer of(List<Finding> findings) {
      long errors = findings.stream().filter(Finding::isError).count();
      return new Answer(
          findings.stream().map(Found::of).toList(), errors, findings.size() - errors);
    }
  }

  /** One finding; the place is empty when it is the product as a whole. */
  @Schema(name = "LintFinding")
  record Found(String level, String code, String product, String place, String message) {
    static Found of(Finding finding) {
      return new Found(
          finding.level().code(),
          finding.code(),
          finding.product(),
          finding.place(),
          finding.message());
    }
  }
}
