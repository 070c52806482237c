package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** Where stacks are, and what they tell. */
public final class Stacks {
  private Stacks() {}

  /** By a name that pipelines can rely on, wherever in the code it is. */
  public static void output(Construct scope, String name, String value) {
    CfnOutput.Builder.create(scope, name + "Output").value(value).build().overrideLogicalId(name);
  }

  /**
   * The region is written into the template, the account is that of the person who deploys, unless
   * AWS_ACCOUNT says which one it has to be.
   */
  public static StackProps in(Cell cell, String region) {
    @Nullable String account = System.getenv("AWS_ACCOUNT");
    Environment.Builder where = Environment.builder().region(region);
    if (account != null) {
      where.account(account);
    }
    return StackProps.builder()
        .env(where.build())
        .description("Towncrier, cell " + cell.name())
        .terminationProtection(true)
        .build();
  }
}
