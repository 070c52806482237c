package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.Keys;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Log groups: encrypted, and deleted by age, as logs too may hold what somebody had deleted. */
public final class Logs {
  private final Construct scope;
  private final Cell cell;
  private final Keys keys;

  Logs(CellStack stack, Cell cell, Keys keys) {
    this.scope = new Construct(stack, "Logs");
    this.cell = cell;
    this.keys = keys;
  }

  public LogGroup group(String id) {
    return kept(
        LogGroup.Builder.create(scope, id)
            .encryptionKey(keys.of(Data.LOGS))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build());
  }

  /** For what a service would otherwise write to a group of its own making, kept for ever. */
  public LogGroup group(String id, String name) {
    return kept(
        LogGroup.Builder.create(scope, id)
            .logGroupName(name)
            .encryptionKey(keys.of(Data.LOGS))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build());
  }

  private LogGroup kept(LogGroup group) {
    if (group.getNode().getDefaultChild() instanceof CfnLogGroup resource) {
      resource.setRetentionInDays(cell.care().logDays());
    }
    return group;
  }
}
