package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** Where stacks are. */
final class Stacks {
  private Stacks() {}

  /**
   * The region is written into the template, the account is that of whoever deploys, unless
   * AWS_ACCOUNT says which one it has to be.
   */
  static StackProps in(Cell cell, String region) {
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
