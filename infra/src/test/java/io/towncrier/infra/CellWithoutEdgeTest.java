package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.FunctionSettings;
import io.towncrier.infra.cell.PushSettings;
import io.towncrier.infra.cell.SignInSettings;
import io.towncrier.infra.rules.Template;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cell that has no domain yet, as one in China whose registration takes its time. */
final class CellWithoutEdgeTest {
  @Test
  void theApiIsCalledDirectlyAndEveryRuleHolds() {
    Cell china = Synthesized.CELLS.get(2);
    Cell bare =
        new Cell(
            "bare",
            china.region(),
            true,
            false,
            "2026-11-25",
            new FunctionSettings("7", false, "x86_64", 400, 50),
            china.china(),
            china.network(),
            china.database(),
            null,
            china.residency(),
            new SignInSettings(
                china.signIn().authServerUrl(), "towncrier", china.signIn().issuer(), null),
            china.snapshot(),
            china.pace(),
            new PushSettings(List.of("203.0.113.0/24"), null),
            china.care(),
            null,
            china.updates(),
            "https://telemetry.example.cn");
    Assembly assembly = new Assembly(List.of(bare), Synthesized.ZIP, Path.of("target/cdk.bare"));
    assembly.guard();

    List<Template> templates = assembly.synthesize();

    assertThat(Assembly.findings(templates)).isEmpty();
    String template = templates.get(0).root().toString();
    assertThat(template)
        .doesNotContain("AWS::CloudFront", "SnapStart\"", "TRUSTED_PROXIES", "EDGE_SECRET")
        .doesNotContain("CONSOLE_OIDC", "SecretsConsoleClient")
        .doesNotContain("AWS::Events::", "TOWNCRIER_EVENTS", "events:PutEvents", ".events\"")
        .contains("\"TOWNCRIER_GETUI_RECEIPT_NETWORKS\":\"203.0.113.0/24\"")
        .doesNotContain("TOWNCRIER_CANARY")
        .contains("\"TOWNCRIER_CONSOLE_OPERATORS\":\"false\"")
        .contains("\"TOWNCRIER_PUBLIC_URL\":\"https://updates.example.cn\"")
        .contains("\"TOWNCRIER_TRACING_ENDPOINT\":\"https://telemetry.example.cn\"");
    assertThat(template)
        .contains("\"x86_64\"", ", build 7", "\"ReservedConcurrentExecutions\":400")
        .contains("\"ReservedConcurrentExecutions\":50")
        .doesNotContain("arm64");
    // Api, Check, Deliver, Tick: from where the others are, no collector can be reached.
    assertThat(template.split("TOWNCRIER_TRACING_ENDPOINT", -1)).hasSize(5);
  }
}
