package io.towncrier.infra.rules;

import java.util.List;
import java.util.stream.Stream;

/** All rules. For each of them a test has a stack that breaks it. */
public final class Rules {
  public static final List<Rule> ALL =
      Stream.of(
              AtRestRules.RULES,
              InTransitRules.RULES,
              ReachRules.RULES,
              RightsRules.RULES,
              RetentionRules.RULES,
              BorderRules.RULES,
              AlarmRules.RULES,
              OrderRules.RULES,
              DeploymentRules.RULES)
          .flatMap(List::stream)
          .toList();

  private Rules() {}

  public static List<Finding> findings(Template template) {
    return ALL.stream().flatMap(rule -> rule.findings(template).stream()).toList();
  }
}
