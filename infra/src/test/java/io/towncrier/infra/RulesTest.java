package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.towncrier.infra.rules.Finding;
import io.towncrier.infra.rules.Rule;
import io.towncrier.infra.rules.Rules;
import io.towncrier.infra.rules.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

final class RulesTest {
  @Test
  void everyCellKeepsEveryRule() {
    assertThat(Assembly.findings(Synthesized.all())).isEmpty();
  }

  @Test
  void thereAreThreeCellsOneOfThemInChina() {
    assertThat(Synthesized.all())
        .extracting(Template::stack, Template::region)
        .containsExactlyInAnyOrder(
            tuple("towncrier-eu", "eu-central-1"),
            tuple("towncrier-eu-home", "us-east-1"),
            tuple("towncrier-us", "us-east-1"),
            tuple("towncrier-us-home", "us-east-1"),
            tuple("towncrier-cn", "cn-north-1"),
            tuple("towncrier-cn-home", "cn-northwest-1"));
  }

  @Test
  void everyRuleHasItsWrongStack() {
    assertThat(WrongStacks.ALL.keySet())
        .containsExactlyInAnyOrderElementsOf(Rules.ALL.stream().map(Rule::name).toList());
  }

  @Test
  void everyWrongStackIsCaughtByItsRule() {
    App app = new App(AppProps.builder().outdir("target/cdk.wrong").build());
    List<Stack> stacks = new ArrayList<>();
    WrongStacks.ALL.forEach((rule, wrong) -> stacks.add(stack(app, rule, wrong)));

    List<Template> templates = Assembly.templates(app, stacks);

    assertThat(templates)
        .hasSameSizeAs(Rules.ALL)
        .allSatisfy(
            template ->
                assertThat(Rules.findings(template))
                    .extracting(Finding::rule)
                    .contains(template.stack()));
  }

  private static Stack stack(App app, String rule, Consumer<Stack> wrong) {
    String region = rule.startsWith("china") ? "cn-north-1" : "eu-central-1";
    Stack stack =
        new Stack(
            app,
            rule,
            StackProps.builder().env(Environment.builder().region(region).build()).build());
    wrong.accept(stack);
    return stack;
  }
}
