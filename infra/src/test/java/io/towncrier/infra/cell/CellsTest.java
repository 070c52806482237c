package io.towncrier.infra.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CellsTest {
  private static final Path FILE = Path.of("cells.json");
  private static final Path DDI = Path.of("../src/main/java/io/towncrier/ddi/DdiAddress.java");
  private static final Path BUDGET =
      Path.of("../src/main/java/io/towncrier/downloads/DownloadBudget.java");
  private static final Path TOPICS =
      Path.of("../src/main/java/io/towncrier/events/EventTopic.java");

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
    assertRefused("\"logDays\": 90,", "", "logDays");
    assertRefused("\"email\": \"oncall@example.com\",", "", "email");
  }

  @Test
  void aSettingThatMayBeNullIsWrittenDownAsNull() {
    assertRefused(
        """
        "console": {
                "clientId": "towncrier-console",
                "confidential": true,
                "scope": "openid",
                "audience": null,
                "authServerUrl": null
              }\
        """,
        "\"issuer\": \"https://sign-in.example.com\"",
        "'console'");
    assertRefused("\"china\": null,", "", "'china'");
    assertRefused(",\n    \"telemetry\": null", "", "'telemetry'");
    assertRefused("\"iamCertificateId\": null,", "", "'iamCertificateId'");
    assertRefused("\"apiAtOnce\": null,", "", "'apiAtOnce'");
    assertRefused(
        "\"scope\": \"openid\",\n        \"audience\": null,",
        "\"scope\": \"openid\",",
        "'audience'");
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
  void aNewCellBeginsClosed() {
    assertRefused("\"open\": false", "\"open\": true", "begins closed");
    assertRefused("\"open\": false,", "", "begins closed");
  }

  @Test
  void aCellIsOpenedByItself() throws IOException {
    List<Cell> cells =
        Cells.parse(text().replace("\"name\": \"us\",", "\"name\": \"us\", \"open\": true,"));
    assertThat(cells).extracting(Cell::open).containsExactly(false, true, false);
  }

  @Test
  void aCellInChinaHasItsRecordalAndNoOtherHasOne() {
    String recordal = "{\n        \"icpRecordal\": \"\u4eacICP\u590700000000\u53f7-1\"\n      }";
    assertRefused(recordal, "null", "settings of China");
    assertRefused(recordal, "{\"icpRecordal\": \"applied for\"}", "ICP recordal");
    assertRefused(
        "\"region\": \"eu-central-1\",",
        "\"region\": \"eu-central-1\", \"china\": {\"icpRecordal\": \"ICP 070000000\"},",
        "settings of China");
  }

  @Test
  void theFirewallIsNoStricterThanTheService() {
    assertRefused("\"requestsPerAddress\": 60000", "\"requestsPerAddress\": 2000", "refuses what");
  }

  @Test
  void tlsIsNoneOfTheOldOnes() {
    assertRefused("\"TLSv1.2_2021\"", "\"TLSv1.1_2016\"", "TLS is one of");
  }

  @Test
  void keysOfCertificatesAreOnesThatCloudFrontTakes() {
    assertRefused("\"RSA_2048\"", "\"RSA_1024\"", "a certificate has one of");
  }

  @Test
  void functionsRunOnWhatLambdaHas() {
    assertRefused("\"arm64\"", "\"riscv\"", "functions run on one of");
    assertRefused("\"apiAtOnce\": null", "\"apiAtOnce\": 0", "at least once");
    assertRefused("\"build\": \"1\"", "\"build\": \"today, again\"", "a build is");
  }

  @Test
  void restoredClustersAreNamedByTheirResourceIds() {
    assertRefused("\"restored\": []", "\"restored\": [\"towncrier-eu-restored\"]", "resource ids");
    assertRefused("\"restored\": []", "\"restored\": [\"*\"]", "resource ids");
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
  void eventsGoOnABusByItsNameAndSomeTopicsMayBeLeftOut() throws IOException {
    assertRefused("\"bus\": null", "\"bus\": \"arn:aws:events:x:1:event-bus/y\"", "name of a bus");
    assertRefused("\"bus\": null", "\"bus\": \"\"", "name of a bus");
    assertRefused("\"topics\": []", "\"topics\": [\"everything\"]", "topic of events");
    assertRefused("\"topics\": []", "\"topics\": null", "topics of events");
    assertRefused("\"bus\": null", "\"buss\": null", "'bus'");
    String us = "\"name\": \"us\",";
    assertThat(Cells.parse(text().replace(us, us + " \"events\": null,")))
        .extracting(cell -> cell.events() == null)
        .containsExactly(false, true, false);
  }

  /** One that is not there would be told to nobody, for ever. */
  @Test
  void topicsOfEventsAreThoseThatTheApplicationHas() throws IOException {
    List<String> topics =
        Pattern.compile("\\(\"([a-z]+\\.[a-z-]+)\"\\)")
            .matcher(Files.readString(TOPICS))
            .results()
            .map(topic -> topic.group(1))
            .toList();
    assertThat(topics).hasSizeGreaterThan(7);
    String all = "[\"" + String.join("\", \"", topics) + "\"]";
    assertThat(Cells.parse(text().replace("\"topics\": []", "\"topics\": " + all)))
        .allSatisfy(cell -> assertThat(cell.events().topics()).isEqualTo(topics));
    for (String unknown : List.of("rollout.finished", "Rollout.done", "rollout.done ")) {
      String wrong = "\"topics\": [\"notice.done\", \"%s\"]".formatted(unknown);
      assertRefused("\"topics\": []", wrong, "no topic of events: " + unknown + ". They are ");
      assertRefused("\"topics\": []", wrong, topics.toString());
    }
  }

  @Test
  void aTenantOfDdiIsOneThatTheApplicationTakes() throws IOException {
    String address = Files.readString(DDI);
    String set = address.substring(address.indexOf("RESERVED ="), address.indexOf("LOOPBACK"));
    List<String> reserved =
        Pattern.compile("\"([a-z0-9.-]+)\"").matcher(set).results().map(r -> r.group(1)).toList();
    assertThat(reserved).hasSizeGreaterThan(5);
    for (String wrong : reserved) {
      assertRefused("\"ddiTenant\": null", tenant(wrong), "none of ");
    }
    for (String wrong : List.of("", "a/b", "a b", "\u00e4", "a".repeat(65))) {
      assertRefused("\"ddiTenant\": null", tenant(wrong), "tenant of DDI");
    }
    assertRefused("\"ddiTenant\": null,", "", "'ddiTenant'");
    String longest = "A.b_c-" + "9".repeat(58);
    assertThat(Cells.parse(text().replace("\"ddiTenant\": null", tenant(longest))))
        .allSatisfy(cell -> assertThat(cell.updates().ddiTenant()).isEqualTo(longest));
  }

  @Test
  void aBudgetOfDownloadsIsOneThatTheApplicationTakes() throws IOException {
    assertThat(Files.readString(BUDGET)).contains("MOST = 100_000_000_000_000L;");
    for (String name : List.of("downloadsBudget", "noticesBudget")) {
      String none = "\"" + name + "\": null";
      for (String wrong : List.of("0", "-1", "100000000000001")) {
        assertRefused(none, none.replace("null", wrong), "bytes a second from 1 to");
      }
      assertRefused(none, none.replace("null", "\"fast\""), "fast");
      assertThat(Cells.parse(text().replace(none, none.replace("null", "100000000000000"))))
          .hasSize(3);
    }
    assertRefused(
        "\"downloadsBudget\": null,\n      \"noticesBudget\": null",
        "\"downloadsBudget\": 1,\n      \"noticesBudget\": 1",
        "noticesBudget is null beside it");
  }

  private static String tenant(String name) {
    return "\"ddiTenant\": \"" + name + "\"";
  }

  @Test
  void tracesAreSentByHttps() {
    assertRefused("\"telemetry\": null", "\"telemetry\": \"http://collector:4318\"", "HTTPS only");
  }

  @Test
  void theConsolesClientIsNamedAndItsProviderAskedByHttps() {
    assertRefused("\"clientId\": \"towncrier-console\",", "", "'clientId'");
    assertRefused("\"towncrier-console\"", "\"towncrier console\"", "an id without blanks");
    assertRefused("\"confidential\": true", "\"confidential\": null", "confidential");
    assertRefused(
        "\"confidential\": true", "\"confidential\": true, \"secret\": \"c2VjcmV0\"", "\"secret\"");
    assertRefused("\"scope\": \"openid\"", "\"scope\": \"\"", "asks for a scope");
    assertRefused(
        "\"authServerUrl\": null",
        "\"authServerUrl\": \"http://sign-in\"",
        "console only by HTTPS");
  }

  @Test
  void aCellMayHaveNoConsoleAndAPublicClient() throws IOException {
    Cell eu = Cells.read(FILE).get(0);
    assertThat(eu.signIn().consoleHasSecret()).isTrue();
    assertThat(
            Cells.parse(text().replace("\"confidential\": true", "\"confidential\": false"))
                .get(0)
                .signIn()
                .consoleHasSecret())
        .isFalse();
    String own = "\"authServerUrl\": \"https://sign-in.eu.example.com";
    List<Cell> cells = Cells.parse(text().replace(own, "\"console\": null, " + own));
    assertThat(cells.get(0).signIn().console()).isNull();
    assertThat(cells.get(0).signIn().consoleHasSecret()).isFalse();
    assertThat(cells.get(1).signIn().console()).isNotNull();
  }

  @Test
  void twoCellsHaveTwoNames() {
    assertRefused("\"name\": \"us\"", "\"name\": \"eu\"", "two cells of one name");
  }

  @Test
  void eachCountryBelongsToOneCell() {
    assertRefused("\"CN\"", "\"CN\", \"DE\"", "named twice: [DE]");
    assertRefused("\"CN\"", "", "belong to no cell: [CN]");
    assertRefused("\"CN\"", "\"CN\", \"XX\"", "not all of these are assigned countries");
  }

  @Test
  void thePublicUrlIsWhereTheCellIsFound() {
    assertRefused(
        "\"publicUrl\": \"https://updates.example.cn\"",
        "\"publicUrl\": \"https://elsewhere.example.cn\"",
        "that of its domain");
    assertRefused("\"publicUrl\": \"https://updates.example.cn\",", "", "'publicUrl'");
    assertRefused(
        "\"pushProviders\": [\"getui\"]", "\"pushProviders\": [\"fmc\"]", "push providers are of");
  }

  private static void assertRefused(String right, String wrong, String because) {
    assertThatThrownBy(() -> Cells.parse(text().replace(right, wrong)))
        .hasMessageContaining(because);
  }

  private static String text() throws IOException {
    return Files.readString(FILE);
  }
}
