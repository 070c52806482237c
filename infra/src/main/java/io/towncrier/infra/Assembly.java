package io.towncrier.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.nag.NagExceptions;
import io.towncrier.infra.rules.Finding;
import io.towncrier.infra.rules.Rules;
import io.towncrier.infra.rules.Template;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.edge.HomeStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.lambda.Code;

/** The stacks of all cells: what a cell has in its region, and what it has at home. */
public final class Assembly {
  // Behaviour of the CDK that must not depend on who calls it, and so is not in cdk.json.
  private static final Map<String, Object> FLAGS =
      Map.of(
          "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true,
          "@aws-cdk/core:validateAgainstDefaultRules", true);

  private final App app;
  private final List<Stack> stacks = new ArrayList<>();

  /**
   * @param functionZip the Lambda package
   * @param out where the templates are written to
   */
  public Assembly(List<Cell> cells, Path functionZip, Path out) {
    this.app = app(out);
    for (Cell cell : cells) {
      stacks.add(new CellStack(app, cell, Code.fromAsset(functionZip.toString())));
      stacks.add(new HomeStack(app, cell));
    }
  }

  /** An app as ours is; tests put stacks of their own into it. */
  public static App app(Path out) {
    return new App(
        AppProps.builder()
            .outdir(out.toString())
            .postCliContext(FLAGS)
            .analyticsReporting(false)
            .build());
  }

  public List<Stack> stacks() {
    return List.copyOf(stacks);
  }

  /** Accepts the exceptions; whatever else cdk-nag finds stops {@link #synthesize}. */
  public void guard() {
    stacks.forEach(NagExceptions::acknowledge);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }

  /** Writes the templates, and reads them as they will be deployed. */
  public List<Template> synthesize() {
    return templates(app, stacks);
  }

  /** The templates of an app. */
  public static List<Template> templates(App app, List<Stack> stacks) {
    Path directory = Path.of(app.synth().getDirectory());
    return stacks.stream()
        .map(
            stack ->
                Template.read(
                    stack.getStackName(),
                    stack.getRegion(),
                    directory.resolve(stack.getTemplateFile())))
        .toList();
  }

  /** What the templates break of our own rules. */
  public static List<Finding> findings(List<Template> templates) {
    return templates.stream().flatMap(each -> Rules.findings(each).stream()).toList();
  }
}
