package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.Cells;
import io.towncrier.infra.rules.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a cell says of its updates reaches the functions that ask for it, and no other. */
final class UpdatesTest {
  private static final String TENANT = "TOWNCRIER_DDI_TENANT";
  private static final String DOWNLOADS = "TOWNCRIER_DOWNLOADS_BUDGET";
  private static final String NOTICES = "TOWNCRIER_ROLLOUT_NOTICES_DOWNLOAD_BUDGET";
  private static final List<String> ALL =
      List.of("Api", "Check", "Plan", "Deliver", "Tick", "Migrate");

  @Test
  void aCellThatSaysNothingTellsNothing() {
    for (String cell : List.of("eu", "us", "cn")) {
      CellFunctions functions = new CellFunctions(Synthesized.cell(cell));
      for (String name : ALL) {
        assertThat(functions.told(name)).as(cell).doesNotContain(TENANT, DOWNLOADS, NOTICES);
      }
    }
  }

  @Test
  void whoAdmitsDevicesAndWhoPlansNoticesKnowTheBudget() throws IOException {
    CellFunctions functions =
        synthesized("budget", "\"downloadsBudget\": null", "\"downloadsBudget\": 250000000");
    assertThat(told(functions, DOWNLOADS))
        .isEqualTo(told("250000000", "Api", "Plan", "Tick"))
        .hasSize(3);
    assertThat(told(functions, NOTICES)).isEmpty();
    assertThat(told(functions, TENANT)).isEmpty();
  }

  @Test
  void whoPlansNoticesKnowsTheirPace() throws IOException {
    CellFunctions functions =
        synthesized("notices", "\"noticesBudget\": null", "\"noticesBudget\": 100000000000000");
    assertThat(told(functions, NOTICES)).isEqualTo(told("100000000000000", "Api", "Plan", "Tick"));
    assertThat(told(functions, DOWNLOADS)).isEmpty();
  }

  /** Its links are absolute: the application refuses a tenant without its public URL. */
  @Test
  void whoAnswersDdiKnowsItsTenantAndWhereTheCellIs() throws IOException {
    CellFunctions functions =
        synthesized("ddi", "\"ddiTenant\": null", "\"ddiTenant\": \"acme-routers\"");
    assertThat(told(functions, TENANT)).isEqualTo(told("acme-routers", "Api"));
    assertThat(functions.told("Api")).contains("TOWNCRIER_PUBLIC_URL");
  }

  private static Map<String, String> told(String value, String... functions) {
    Map<String, String> told = new TreeMap<>();
    for (String name : functions) {
      told.put(name, value);
    }
    return told;
  }

  private static Map<String, String> told(CellFunctions functions, String variable) {
    Map<String, String> told = new TreeMap<>();
    for (String name : ALL) {
      if (functions.told(name).contains(variable)) {
        told.put(name, functions.variables(name).path(variable).asText());
      }
    }
    return told;
  }

  /** The first cell of cells.json, with one setting otherwise. */
  private static CellFunctions synthesized(String name, String before, String after)
      throws IOException {
    String text = Files.readString(Path.of("cells.json"));
    assertThat(text).contains(before);
    Path changed = Path.of("target/cells-" + name + ".json");
    Files.writeString(changed, text.replace(before, after));
    Cell eu = Cells.read(changed).get(0);
    Assembly assembly =
        new Assembly(List.of(eu), Synthesized.ZIP, Path.of("target/cdk.updates-" + name));
    assembly.guard();
    List<Template> templates = assembly.synthesize();
    assertThat(Assembly.findings(templates)).isEmpty();
    return new CellFunctions(new Synthesized.Stack(templates.get(0).root()));
  }
}
