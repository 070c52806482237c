package io.towncrier.infra.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellsTest {
  private static final Path FILE = Path.of("cells.json");

  @Test
  void whatIsCommonIsInEachCellAndEachMaySayOtherwise() {
    List<Cell> cells = Cells.read(FILE);

    assertThat(cells).extracting(Cell::name).containsExactly("eu", "us", "cn");
    assertThat(cells).extracting(cell -> cell.care().logDays()).containsOnly(90);
    assertThat(cells.get(0).care().monthlyBudget()).isEqualTo(2000);
    assertThat(cells.get(2).care().monthlyBudget()).isEqualTo(14_000);
    assertThat(cells.get(2).partition()).isEqualTo(Partition.CHINA);
  }

  @Test
  void aTypoIsRefused() {
    assertRefused("\"logDays\": 90", "\"logDay\": 90", "logDay");
  }

  @Test
  void aMissingSettingIsRefused() {
    assertRefused("\"backupDays\": 35", "\"backupDays\": null", "backupDays");
  }

  @Test
  void logsAreNotKeptLongerThanPromised() {
    assertRefused("\"logDays\": 90", "\"logDays\": 365", "logs are kept");
  }

  @Test
  void backupsAreKeptAsLongAsAuroraCan() {
    assertRefused("\"backupDays\": 35", "\"backupDays\": 200", "backups are kept");
  }

  @Test
  void zonesAreOfTheCellsRegion() {
    assertRefused("\"eu-central-1b\"", "\"eu-west-1b\"", "zones of another region");
  }

  @Test
  void theEdgeInChinaNeedsItsCertificateInIam() {
    assertRefused("\"ASCAEXAMPLEEXAMPLE\"", "null", "certificate in IAM");
  }

  @Test
  void secretsAreTurnedOverOnADate() {
    assertRefused("\"2026-11-25\"", "\"lately\"", "on a date");
  }

  @Test
  void keysThatVerifyAreListed() {
    assertRefused("\"publicKeys\": [", "\"publicKeys\": [\"\",", "keys that verify it");
  }

  @Test
  void tracesAreSentByHttps() {
    assertRefused("\"telemetry\": null", "\"telemetry\": \"http://collector:4318\"", "HTTPS only");
  }

  @Test
  void twoCellsHaveTwoNames() {
    assertRefused("\"name\": \"us\"", "\"name\": \"eu\"", "two cells of one name");
  }

  private static void assertRefused(String right, String wrong, String because) {
    assertThatThrownBy(() -> Cells.parse(text().replace(right, wrong)))
        .hasMessageContaining(because);
  }

  private static String text() throws IOException {
    return Files.readString(FILE);
  }
}
