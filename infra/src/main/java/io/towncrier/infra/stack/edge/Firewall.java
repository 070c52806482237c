package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EdgeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.ManagedRuleGroupStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.OverrideActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RateBasedStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionOverrideProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.VisibilityConfigProperty;
import software.constructs.Construct;

/** AWS's rules against known attacks, and a limit for each address. It samples no requests. */
final class Firewall {
  private Firewall() {}

  static CfnWebACL of(Construct scope, Cell cell, EdgeSettings edge) {
    List<RuleProperty> rules = new ArrayList<>();
    rules.add(perAddress(edge.requestsPerAddress()));
    for (RuleGroup group : RuleGroup.ALL) {
      rules.add(managed(group, rules.size()));
    }
    return CfnWebACL.Builder.create(scope, "WebAcl")
        .name(name(cell))
        .scope("CLOUDFRONT")
        .defaultAction(
            CfnWebACL.DefaultActionProperty.builder()
                .allow(CfnWebACL.AllowActionProperty.builder().build())
                .build())
        .visibilityConfig(counted(name(cell)))
        .rules(rules)
        .build();
  }

  /** Of the firewall, and of its metrics. */
  static String name(Cell cell) {
    return cell.named("edge");
  }

  private static RuleProperty perAddress(int requests) {
    return RuleProperty.builder()
        .name("per-address")
        .priority(0)
        .statement(
            StatementProperty.builder()
                .rateBasedStatement(
                    RateBasedStatementProperty.builder()
                        .aggregateKeyType("IP")
                        .limit(requests)
                        .build())
                .build())
        .action(
            RuleActionProperty.builder()
                .block(CfnWebACL.BlockActionProperty.builder().build())
                .build())
        .visibilityConfig(counted("per-address"))
        .build();
  }

  private static RuleProperty managed(RuleGroup group, int priority) {
    return RuleProperty.builder()
        .name(group.named())
        .priority(priority)
        .statement(
            StatementProperty.builder()
                .managedRuleGroupStatement(
                    ManagedRuleGroupStatementProperty.builder()
                        .vendorName("AWS")
                        .name(group.named())
                        .ruleActionOverrides(
                            group.counted().stream().map(Firewall::counts).toList())
                        .build())
                .build())
        .overrideAction(
            group.countsOnly()
                ? OverrideActionProperty.builder().count(Map.of()).build()
                : OverrideActionProperty.builder().none(Map.of()).build())
        .visibilityConfig(counted(group.named()))
        .build();
  }

  private static RuleActionOverrideProperty counts(String rule) {
    return RuleActionOverrideProperty.builder()
        .name(rule)
        .actionToUse(
            RuleActionProperty.builder()
                .count(CfnWebACL.CountActionProperty.builder().build())
                .build())
        .build();
  }

  private static VisibilityConfigProperty counted(String name) {
    return VisibilityConfigProperty.builder()
        .cloudWatchMetricsEnabled(true)
        .metricName(name)
        .sampledRequestsEnabled(false)
        .build();
  }
}
