package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EdgeSettings;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Stacks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.certificatemanager.CfnCertificate;
import software.constructs.Construct;

/**
 * What a partition has in one region only, for a cell that may be elsewhere: the budget, and, where
 * there is one, the certificate and the firewall of the CDN. It holds no data of the cell.
 */
public final class HomeStack extends Stack {
  private static final List<Integer> PERCENTS = List.of(80, 100);

  public HomeStack(Construct scope, Cell cell) {
    super(
        scope,
        "towncrier-" + cell.name() + "-home",
        Stacks.in(cell, cell.partition().homeRegion()));
    CellStack.tag(this, cell);
    budget(cell);
    EdgeSettings edge = cell.edge();
    if (edge != null && !cell.inChina()) {
      Stacks.output(this, "CertificateArn", certificate(edge).getRef());
      Stacks.output(this, "WebAclArn", Firewall.of(this, cell, edge).getAttrArn());
      new Refusals(this, cell);
    }
  }

  private void budget(Cell cell) {
    CfnBudget.Builder.create(this, "Budget")
        .budget(
            CfnBudget.BudgetDataProperty.builder()
                .budgetName(cell.named("monthly"))
                .budgetType("COST")
                .timeUnit("MONTHLY")
                .budgetLimit(
                    CfnBudget.SpendProperty.builder()
                        .amount(cell.care().monthlyBudget())
                        .unit(cell.partition().currency())
                        .build())
                .costFilters(Map.of("TagKeyValue", List.of("user:towncrier:cell$" + cell.name())))
                .build())
        .notificationsWithSubscribers(
            Stream.concat(
                    PERCENTS.stream().map(percent -> told(cell, "ACTUAL", percent)),
                    Stream.of(told(cell, "FORECASTED", 100)))
                .toList())
        .build();
  }

  private static CfnBudget.NotificationWithSubscribersProperty told(
      Cell cell, String type, int percent) {
    return CfnBudget.NotificationWithSubscribersProperty.builder()
        .notification(
            CfnBudget.NotificationProperty.builder()
                .comparisonOperator("GREATER_THAN")
                .notificationType(type)
                .threshold(percent)
                .thresholdType("PERCENTAGE")
                .build())
        .subscribers(
            List.of(
                CfnBudget.SubscriberProperty.builder()
                    .subscriptionType("EMAIL")
                    .address(cell.care().email())
                    .build()))
        .build();
  }

  // CloudFormation waits until somebody has put the record that proves the domain into its DNS.
  private CfnCertificate certificate(EdgeSettings edge) {
    CfnCertificate certificate =
        CfnCertificate.Builder.create(this, "Certificate")
            .domainName(edge.domain())
            .validationMethod("DNS")
            .keyAlgorithm(edge.certificateKey())
            .build();
    certificate.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return certificate;
  }
}
