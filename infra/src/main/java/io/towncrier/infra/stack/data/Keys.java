package io.towncrier.infra.stack.data;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Ids;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/** One key a class of data, turned over every year. */
public final class Keys {
  private final Map<Data, Key> keys = new EnumMap<>(Data.class);
  private final CellStack stack;

  public Keys(CellStack stack, Cell cell) {
    this.stack = stack;
    Construct scope = new Construct(stack, "Keys");
    for (Data data : Data.values()) {
      String name = data.name().toLowerCase(Locale.ROOT);
      keys.put(
          data,
          Key.Builder.create(scope, Ids.of(data))
              .alias(cell.named(name))
              .description("Towncrier " + cell.name() + ": " + name)
              .enableKeyRotation(true)
              .pendingWindow(Duration.days(30))
              .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
              .build());
    }
    letLogsEncrypt();
    letAlarmsTell();
    if (cell.edge() != null && !cell.inChina()) {
      letTheCdnRead();
    }
  }

  public Key of(Data data) {
    return Objects.requireNonNull(keys.get(data));
  }

  public String arn(Data data) {
    return of(data).getKeyArn();
  }

  private void letLogsEncrypt() {
    String groups = stack.arn("logs", "log-group:*");
    of(Data.LOGS)
        .addToResourcePolicy(
            service(
                "logs." + stack.getRegion() + "." + stack.suffix(),
                List.of("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"),
                Map.of("ArnLike", Map.of("kms:EncryptionContext:aws:logs:arn", groups))));
  }

  private void letAlarmsTell() {
    of(Data.QUEUES)
        .addToResourcePolicy(
            service(
                "cloudwatch.amazonaws.com",
                List.of("kms:Decrypt", "kms:GenerateDataKey"),
                Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount()))));
  }

  // Any distribution of this account: naming ours would be a circle, and the bucket's policy does.
  private void letTheCdnRead() {
    String ours =
        "arn:" + stack.getPartition() + ":cloudfront::" + stack.getAccount() + ":distribution/*";
    of(Data.OBJECTS)
        .addToResourcePolicy(
            service(
                "cloudfront.amazonaws.com",
                List.of("kms:Decrypt"),
                Map.of("ArnLike", Map.of("aws:SourceArn", ours))));
  }

  private static PolicyStatement service(
      String principal, List<String> actions, Map<String, Object> conditions) {
    return PolicyStatement.Builder.create()
        .effect(Effect.ALLOW)
        .principals(List.of(new ServicePrincipal(principal)))
        .actions(actions)
        .resources(List.of("*"))
        .conditions(conditions)
        .build();
  }
}
