package io.towncrier.infra;

import io.towncrier.infra.cell.Cells;
import io.towncrier.infra.rules.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code cdk synth} and {@code cdk deploy} call. No template leaves it that breaks a rule. */
public final class InfraApp {
  private InfraApp() {}

  public static void main(String[] arguments) {
    Path zip = Path.of(System.getenv().getOrDefault("FUNCTION_ZIP", "../target/function.zip"));
    if (!Files.exists(zip)) {
      throw new IllegalStateException(
          "no Lambda package at " + zip + ": ./mvnw verify -Plambda makes it");
    }
    Path out = Path.of(System.getenv().getOrDefault("CDK_OUTDIR", "cdk.out"));
    Assembly assembly =
        new Assembly(
            Cells.read(Path.of(System.getenv().getOrDefault("CELLS", "cells.json"))), zip, out);
    assembly.guard();
    List<Finding> findings = Assembly.findings(assembly.synthesize());
    if (!findings.isEmpty()) {
      findings.forEach(System.err::println);
      throw new IllegalStateException(findings.size() + " findings of our own rules");
    }
  }
}
