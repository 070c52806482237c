package io.towncrier.infra.stack;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Statements of roles. The CDK's own grants are not used: they allow families of actions, such as
 * {@code kms:GenerateDataKey*}.
 */
public record Allow(List<String> actions) {
  public static Allow to(String... actions) {
    return new Allow(List.of(actions));
  }

  public PolicyStatement on(String... arns) {
    return on(List.of(arns));
  }

  public PolicyStatement on(List<String> arns) {
    return PolicyStatement.Builder.create().actions(actions).resources(arns).build();
  }

  /** Keys are used through the service that holds the data; but that which wraps keys. */
  public PolicyStatement onKey(String arn, String service) {
    return PolicyStatement.Builder.create()
        .actions(actions)
        .resources(List.of(arn))
        .conditions(Map.of("StringEquals", Map.of("kms:ViaService", service)))
        .build();
  }
}
