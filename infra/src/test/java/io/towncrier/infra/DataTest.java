package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where data is kept, and what guards it. Rules hold most of it; this is what they do not say. */
final class DataTest {
  private static final List<String> CELLS = List.of("eu", "us", "cn");
  private static final String CLUSTER = "AWS::RDS::DBCluster";
  private static final String PROXY = "AWS::RDS::DBProxy";

  private final Synthesized.Stack eu = Synthesized.cell("eu");

  @Test
  void theDatabaseIsAuroraServerless() {
    for (String cell : CELLS) {
      JsonNode cluster = Synthesized.cell(cell).the(CLUSTER);
      assertThat(cluster.path("Engine").asText()).isEqualTo("aurora-postgresql");
      assertThat(cluster.at("/ServerlessV2ScalingConfiguration/MinCapacity").asDouble())
          .isEqualTo(0.5);
      assertThat(Synthesized.cell(cell).all("AWS::RDS::DBInstance").values())
          .hasSize(2)
          .allSatisfy(
              instance ->
                  assertThat(instance.at("/Properties/DBInstanceClass").asText())
                      .isEqualTo("db.serverless"));
    }
  }

  @Test
  void backupsRollOutOfAuroraAfterThirtyFiveDays() {
    assertThat(eu.the(CLUSTER).path("BackupRetentionPeriod").asInt()).isEqualTo(35);
  }

  @Test
  void headsOfAuditChainsAreLockedForAsLongAsTheirEntriesAreKept() {
    for (String cell : CELLS) {
      JsonNode bucket = Synthesized.cell(cell).the("AWS::S3::Bucket", "BucketsAudit");
      assertThat(bucket.path("ObjectLockEnabled").asBoolean()).isTrue();
      JsonNode locked = bucket.at("/ObjectLockConfiguration/Rule/DefaultRetention");
      assertThat(locked.path("Mode").asText()).isEqualTo("COMPLIANCE");
      // No shorter than entries are kept: towncrier.audit.keep.
      assertThat(locked.path("Days").asInt()).isGreaterThanOrEqualTo(1095);
    }
  }

  @Test
  void thePasswordOfTheAdminIsRotatedAndKeptWithTheSecrets() {
    JsonNode cluster = eu.the(CLUSTER);
    assertThat(cluster.path("ManageMasterUserPassword").asBoolean()).isTrue();
    assertThat(cluster.has("MasterUserPassword")).isFalse();
    assertThat(cluster.at("/MasterUserSecret/KmsKeyId/Fn::GetAtt/0").asText())
        .isEqualTo(eu.id("AWS::KMS::Key", "KeysSecrets"));
  }

  @Test
  void theApplicationHasNoPassword() {
    assertThat(eu.the(PROXY).path("DefaultAuthScheme").asText()).isEqualTo("IAM_AUTH");
    assertThat(eu.the(PROXY).has("Auth")).isFalse();
    assertThat(eu.the(CLUSTER).path("EnableIAMDatabaseAuthentication").asBoolean()).isTrue();
    JsonNode target = eu.the("AWS::RDS::DBProxyTargetGroup");
    assertThat(target.at("/DBClusterIdentifiers/0/Ref").asText())
        .isEqualTo(eu.id(CLUSTER, "DatabaseCluster"));
  }

  @Test
  void onlyTheProxyEntersTheDatabaseAndOnlyFunctionsEnterTheProxy() {
    // The group of operators is worn by nothing that the stack makes.
    assertThat(entering("NetworkDatabase"))
        .containsExactlyInAnyOrder("NetworkProxy", "NetworkOperators");
    assertThat(entering("NetworkOperators")).isEmpty();
    assertThat(eu.all("AWS::Lambda::Function").toString() + eu.all(PROXY))
        .doesNotContain("NetworkOperators");
    assertThat(entering("NetworkProxy")).containsOnly("NetworkCalling", "NetworkInside");
  }

  @Test
  void onlyFunctionsThatCallFcmOrTheSignInLeaveTheNetwork() {
    for (String name : List.of("Api", "Deliver", "Tick")) {
      assertThat(placed(name)).as(name).contains("NetworkVpccallingSubnet");
    }
    for (String name : List.of("Plan", "Migrate")) {
      assertThat(placed(name)).as(name).contains("NetworkVpcinsideSubnet");
    }
  }

  @Test
  void eachClassOfDataHasItsKey() {
    Set<String> names = new HashSet<>();
    eu.all("AWS::KMS::Alias")
        .values()
        .forEach(alias -> names.add(alias.at("/Properties/AliasName").asText()));
    assertThat(names)
        .containsExactlyInAnyOrder(
            "alias/towncrier-eu-personal",
            "alias/towncrier-eu-secrets",
            "alias/towncrier-eu-queues",
            "alias/towncrier-eu-objects",
            "alias/towncrier-eu-logs",
            "alias/towncrier-eu-wrapping");
  }

  @Test
  void logsAreDeletedAfterNinetyDays() {
    for (String cell : CELLS) {
      assertThat(Synthesized.cell(cell).all("AWS::Logs::LogGroup").values())
          .hasSize(15)
          .allSatisfy(
              group -> assertThat(group.at("/Properties/RetentionInDays").asInt()).isEqualTo(90));
    }
  }

  @Test
  void whatTheLedgerNotesIsDeletedWhenNoBackupCanBringItBack() {
    JsonNode rules =
        eu.the("AWS::S3::Bucket", "BucketsCatalogue").at("/LifecycleConfiguration/Rules");
    assertThat(rules)
        .filteredOn(rule -> rule.path("Prefix").asText().equals("installation/erased/"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.path("ExpirationInDays").asInt()).isEqualTo(180));
  }

  @Test
  void theProxyFindsTheGroupOfItsLogThere() {
    JsonNode proxy = eu.whole("AWS::RDS::DBProxy", "");
    assertThat(eu.the("AWS::Logs::LogGroup", "LogsProxy").path("LogGroupName").asText())
        .isEqualTo("/aws/rds/proxy/" + proxy.at("/Properties/DBProxyName").asText());
    assertThat(proxy.path("DependsOn").toString())
        .contains(eu.id("AWS::Logs::LogGroup", "LogsProxy"));
  }

  @Test
  void theLogOfTheApiKnowsNeitherWhoAskedNorWhatFor() {
    String format = eu.the("AWS::ApiGatewayV2::Stage").at("/AccessLogSettings/Format").asText();
    assertThat(format)
        .contains("$context.status")
        .doesNotContain("sourceIp", "userAgent", "path", "routeKey", "identity");
  }

  @Test
  void theDatabaseLogsNoValues() {
    JsonNode parameters = eu.the("AWS::RDS::DBClusterParameterGroup").path("Parameters");
    assertThat(parameters.path("log_parameter_max_length").asText()).isEqualTo("0");
    assertThat(parameters.path("log_parameter_max_length_on_error").asText()).isEqualTo("0");
    assertThat(parameters.path("log_error_verbosity").asText()).isEqualTo("terse");
  }

  private Set<String> entering(String group) {
    Set<String> from = new HashSet<>();
    String id = eu.id("AWS::EC2::SecurityGroup", group);
    eu.all("AWS::EC2::SecurityGroupIngress").values().stream()
        .filter(each -> each.at("/Properties/GroupId").toString().contains(id))
        .map(each -> each.at("/Properties/SourceSecurityGroupId/Fn::GetAtt/0").asText())
        .forEach(source -> from.add(source.replaceAll("[0-9A-F]{8}$", "")));
    eu.the("AWS::EC2::SecurityGroup", group)
        .path("SecurityGroupIngress")
        .findValues("SourceSecurityGroupId")
        .forEach(
            source -> from.add(source.at("/Fn::GetAtt/0").asText().replaceAll("[0-9A-F]{8}$", "")));
    return from;
  }

  private String placed(String function) {
    return new CellFunctions(eu).named(function).at("/VpcConfig").toString();
  }
}
