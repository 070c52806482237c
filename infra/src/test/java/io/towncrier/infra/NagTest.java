package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.towncrier.infra.nag.NagException;
import io.towncrier.infra.nag.NagExceptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.PolicyViolatingResource;
import software.amazon.awscdk.PolicyViolation;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.s3.Bucket;

/** cdk-nag's AwsSolutions, and the CDK's own look at templates. */
final class NagTest {
  private static final String VALIDATE = "CloudFormation-Validate::";

  @Test
  void nothingIsFoundThatIsNotExplained() throws IOException {
    assertThat(Synthesized.all()).isNotEmpty();
    assertThat(report("violations")).isEmpty();
  }

  @Test
  void theCheckerStopsWhatIsWrong() {
    App app = Assembly.app(Path.of("target/cdk.nag"));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    new Bucket(new Stack(app, "wrong"), "Bucket");

    assertThatThrownBy(app::synth).hasMessageContaining("Validation failed");
  }

  @Test
  void everyFindingHasItsExceptionAndEveryExceptionItsFinding() throws IOException {
    Assembly unexcused =
        new Assembly(Synthesized.CELLS, Synthesized.ZIP, Path.of("target/cdk.nag"));
    Set<String> needed = new TreeSet<>(report("suppressedViolations"));
    for (Stack stack : unexcused.stacks()) {
      for (PolicyViolation violation :
          new AwsSolutionsChecks().validateScope(stack).getViolations()) {
        for (PolicyViolatingResource resource : violation.getViolatingResources()) {
          needed.add(exceptionFor(violation.getRuleName(), resource.getConstructPath()));
        }
      }
    }

    assertThat(needed)
        .containsExactlyInAnyOrderElementsOf(
            NagExceptions.ALL.stream().map(each -> each.rule() + " " + each.path()).toList());
  }

  @Test
  void everyExceptionIsExplained() {
    assertThat(NagExceptions.ALL)
        .extracting(NagException::reason)
        .allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(60).endsWith("."));
  }

  // The exception whose construct is above the one that was found; else the finding itself.
  private static String exceptionFor(String rule, String constructPath) {
    String inStack = constructPath.substring(constructPath.indexOf('/') + 1);
    return NagExceptions.ALL.stream()
        .filter(each -> each.rule().equals(rule))
        .filter(each -> (inStack + "/").startsWith(each.path() + "/"))
        .findFirst()
        .map(each -> each.rule() + " " + each.path())
        .orElse(rule + " " + constructPath);
  }

  // What the synthesis of the cells wrote down of itself.
  private static List<String> report(String kind) throws IOException {
    JsonNode report =
        new ObjectMapper().readTree(Synthesized.OUT.resolve("validation-report.json").toFile());
    return report.path("pluginReports").findValues(kind).stream()
        .flatMap(violations -> StreamSupport.stream(violations.spliterator(), false))
        .flatMap(
            violation ->
                violation.path("violatingConstructs").findValuesAsText("constructPath").stream()
                    .map(
                        path -> exceptionFor(VALIDATE + violation.path("ruleName").asText(), path)))
        .toList();
  }
}
