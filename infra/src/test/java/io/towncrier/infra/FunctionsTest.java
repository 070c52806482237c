package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The functions of a cell: how they run, what they are told and what they may do. What they keep in
 * buckets is in FunctionObjectsTest.
 */
final class FunctionsTest {
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String ALIAS = "AWS::Lambda::Alias";
  private static final List<String> LIVE = List.of("Api", "Check", "Plan", "Deliver", "Tick");

  private final Synthesized.Stack eu = Synthesized.cell("eu");
  private final CellFunctions functions = new CellFunctions(eu);

  @Test
  void theApiIsTheAliasOfASnapStartFunctionOnArm() {
    JsonNode integration = eu.the("AWS::ApiGatewayV2::Integration");
    assertThat(integration.at("/IntegrationUri/Ref").asText())
        .isEqualTo(eu.id(ALIAS, "FunctionsApiLive"));
    assertThat(integration.path("PayloadFormatVersion").asText()).isEqualTo("2.0");
    assertThat(eu.the("AWS::ApiGatewayV2::Api").path("ProtocolType").asText()).isEqualTo("HTTP");
    assertThat(eu.the("AWS::ApiGatewayV2::Route").path("RouteKey").asText()).isEqualTo("$default");
    assertThat(eu.the(ALIAS, "FunctionsApiLive").at("/FunctionName/Ref").asText())
        .isEqualTo(eu.id(FUNCTION, "FunctionsApi"));
  }

  @Test
  void thePipelineFindsWhatItCallsByName() {
    for (String cell : List.of("eu", "us", "cn")) {
      assertThat(Synthesized.cell(cell).root().path("Outputs").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(
              "MigrateFunction",
              "CheckAlias",
              "ApiUrl",
              "EdgeDomain",
              "DatabaseEndpoint",
              "DatabaseAdminSecret",
              "OperatorsGroup",
              "OperatorsSubnet",
              "CallingGroup",
              "CallingSubnet");
    }
  }

  @Test
  void everyFunctionButTheMigrationHasSnapStart() {
    for (String cell : List.of("eu", "us", "cn")) {
      Synthesized.Stack stack = Synthesized.cell(cell);
      for (String name : LIVE) {
        assertThat(new CellFunctions(stack).named(name).at("/SnapStart/ApplyOn").asText())
            .isEqualTo("PublishedVersions");
      }
      assertThat(new CellFunctions(stack).named("Migrate").has("SnapStart")).isFalse();
      assertThat(stack.all(FUNCTION).keySet().stream().filter(id -> id.startsWith("Functions")))
          .hasSize(6)
          .map(stack.all(FUNCTION)::get)
          .allSatisfy(
              each -> {
                assertThat(each.at("/Properties/Architectures/0").asText()).isEqualTo("arm64");
                assertThat(each.at("/Properties/Runtime").asText()).isEqualTo("java21");
                assertThat(each.at("/Properties/Environment/Variables/JAVA_TOOL_OPTIONS").asText())
                    .contains("org.crac.Core.Compat=com.amazonaws.services.lambda.crac")
                    .contains("-XX:+UseSerialGC");
              });
    }
  }

  @Test
  void memoryAndTimeAreAsTheyWereMeasured() {
    Map<String, String> sizes = new TreeMap<>();
    for (String name : List.of("Api", "Check", "Plan", "Deliver", "Tick", "Migrate")) {
      JsonNode function = functions.named(name);
      sizes.put(
          name,
          function.path("MemorySize").asInt()
              + " MB, "
              + function.path("Timeout").asInt()
              + " s, "
              + function.path("Handler").asText().replaceAll(".*\\.", ""));
    }
    assertThat(sizes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Api", "1024 MB, 29 s, ApiFunction::handle",
                "Check", "1769 MB, 10 s, CheckFunction::handle",
                "Plan", "1024 MB, 300 s, PlanFunction::handle",
                "Deliver", "1024 MB, 120 s, DeliverFunction::handle",
                "Tick", "1024 MB, 300 s, TickFunction::handle",
                "Migrate", "1024 MB, 900 s, MigrateFunction::handle"));
  }

  @Test
  void aCheckByMqttHasAWholeCoreAsAwsIotWaitsForTwoSeconds() {
    assertThat(functions.named("Check").path("MemorySize").asInt()).isEqualTo(1769);
    CellFunctions us = new CellFunctions(Synthesized.cell("us"));
    assertThat(us.named("Check").path("MemorySize").asInt()).isEqualTo(512);
  }

  @Test
  void theCheckHasNeitherNetworkNorDatabase() {
    JsonNode check = functions.named("Check");
    assertThat(check.has("VpcConfig")).isFalse();
    assertThat(functions.told("Check"))
        .containsExactlyInAnyOrder(
            "JAVA_TOOL_OPTIONS",
            "TOWNCRIER_SNAPSHOT_BUCKET",
            "TOWNCRIER_SNAPSHOT_KEY",
            "TOWNCRIER_SNAPSHOT_PUBLIC_KEY");
    assertThat(functions.actions("Check"))
        .containsExactlyInAnyOrder(
            "s3:GetObject",
            "s3:ListBucket",
            "kms:Decrypt",
            "logs:CreateLogStream",
            "logs:PutLogEvents");
  }

  @Test
  void eachFunctionIsToldOfNoMoreSecretsThanItNeeds() {
    Map<String, Set<String>> secrets = new TreeMap<>();
    for (String name : List.of("Api", "Check", "Plan", "Deliver", "Tick", "Migrate")) {
      Set<String> of = new TreeSet<>();
      functions
          .named(name)
          .at("/Environment/Variables")
          .properties()
          .forEach(
              entry -> {
                if (entry.getValue().toString().contains("secretsmanager:")) {
                  of.add(entry.getKey().replace("TOWNCRIER_", ""));
                }
              });
      secrets.put(name, of);
    }
    assertThat(secrets)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Api",
                    Set.of(
                        "MASTER_KEY",
                        "FCM_CREDENTIALS",
                        "SNAPSHOT_SIGNING_KEY",
                        "EDGE_SECRET",
                        "CONSOLE_OIDC_CLIENT_SECRET"),
                "Check", Set.of(),
                "Plan", Set.of(),
                "Deliver", Set.of("MASTER_KEY", "FCM_CREDENTIALS"),
                "Tick", Set.of("MASTER_KEY", "FCM_CREDENTIALS", "SNAPSHOT_SIGNING_KEY"),
                "Migrate", Set.of()));
  }

  @Test
  void whoeverIsToldOfASecretMayReadItAndNoOther() {
    for (String name : List.of("Api", "Deliver", "Tick")) {
      Set<String> told = new TreeSet<>();
      functions
          .named(name)
          .at("/Environment/Variables")
          .forEach(
              value -> {
                if (value.toString().contains("secretsmanager:")) {
                  told.add(value.at("/Fn::Join/1/1/Ref").asText());
                }
              });
      Set<String> may = new TreeSet<>();
      functions
          .statements(name, "secretsmanager:GetSecretValue")
          .forEach(statement -> may.addAll(statement.path("Resource").findValuesAsText("Ref")));
      assertThat(may).as(name).isEqualTo(told).isNotEmpty();
    }
  }

  @Test
  void theKeyThatWrapsKeysIsForThoseAloneWhoOpenPersonalData() {
    String key = eu.id("AWS::KMS::Key", "KeysWrapping");
    for (String name : List.of("Api", "Deliver", "Tick")) {
      assertThat(functions.named(name).at("/Environment/Variables/TOWNCRIER_KMS_KEY").toString())
          .contains(key);
      assertThat(functions.statements(name, "kms:Encrypt"))
          .singleElement()
          .satisfies(
              statement ->
                  assertThat(statement.toString())
                      .contains(key, "kms:Decrypt")
                      .doesNotContain("ViaService"));
    }
    for (String name : List.of("Check", "Plan", "Migrate")) {
      assertThat(functions.told(name)).doesNotContain("TOWNCRIER_KMS_KEY");
      assertThat(functions.statements(name, "kms:Encrypt")).isEmpty();
    }
  }

  @Test
  void eachFunctionReceivesFromItsQueueAndSendsToTheNext() {
    assertThat(functions.queues("Api", "sqs:SendMessage")).containsExactly("Plan");
    assertThat(functions.queues("Plan", "sqs:ReceiveMessage")).containsExactly("Plan");
    assertThat(functions.queues("Plan", "sqs:SendMessage")).containsExactly("Deliver");
    assertThat(functions.queues("Deliver", "sqs:ReceiveMessage")).containsExactly("Deliver");
    assertThat(functions.queues("Deliver", "sqs:SendMessage")).isEmpty();
    assertThat(functions.queues("Tick", "sqs:ReceiveMessage")).containsExactly("Tick");
    assertThat(functions.queues("Tick", "sqs:SendMessage")).containsExactly("Plan");
    assertThat(functions.queues("Check", "sqs:SendMessage")).isEmpty();
  }

  @Test
  void theMigrationIsTheOnlyOneThatConnectsAsOwner() {
    assertThat(functions.statements("Migrate", "rds-db:connect").toString())
        .contains("/towncrier_owner\"");
    for (String name : List.of("Api", "Plan", "Tick")) {
      assertThat(functions.statements(name, "rds-db:connect").toString())
          .contains("/towncrier\"")
          .doesNotContain("owner", "sender");
    }
  }

  @Test
  void whatSendsConnectsAsTheOneThatReadsNoIdentifier() {
    assertThat(functions.statements("Deliver", "rds-db:connect").toString())
        .contains("/towncrier_sender\"")
        .doesNotContain("/towncrier\"", "owner");
    String user = "/Environment/Variables/QUARKUS_DATASOURCE_USERNAME";
    assertThat(functions.named("Deliver").at(user).asText()).isEqualTo("towncrier_sender");
    assertThat(functions.named("Tick").at(user).asText()).isEqualTo("towncrier");
  }

  @Test
  void noTickIsThrottledAsItWouldCountAsTried() {
    // The third is for the call that a new version is judged by.
    assertThat(functions.named("Tick").path("ReservedConcurrentExecutions").asInt()).isEqualTo(3);
    assertThat(
            eu.the("AWS::Lambda::EventSourceMapping", "FeedingTick")
                .at("/ScalingConfig/MaximumConcurrency")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void codeOfAFunctionMayNotUseTheInterfacesThatLambdaNeeds() {
    for (String name : List.of("Api", "Plan", "Deliver", "Tick", "Migrate")) {
      List<JsonNode> statements = functions.statements(name, "ec2:CreateNetworkInterface");
      assertThat(statements)
          .extracting(each -> each.path("Effect").asText())
          .containsExactlyInAnyOrder("Allow", "Deny");
      assertThat(statements.toString()).contains("lambda:SourceFunctionArn");
    }
    assertThat(functions.statements("Check", "ec2:CreateNetworkInterface")).isEmpty();
  }

  @Test
  void aNewVersionIsTriedOnATenthOfTheCallsForAQuarterOfAnHour() {
    assertThat(eu.all("AWS::CodeDeploy::DeploymentGroup").values())
        .hasSize(LIVE.size())
        .allSatisfy(
            group ->
                assertThat(group.at("/Properties/DeploymentConfigName").asText())
                    .isEqualTo("CodeDeployDefault.LambdaCanary10Percent15Minutes"));
  }

  @Test
  void theVersionBeforeIsStillThereToGoBackTo() {
    assertThat(eu.all("AWS::Lambda::Version").values())
        .hasSize(LIVE.size())
        .allSatisfy(
            version ->
                assertThat(version.path("DeletionPolicy").asText())
                    .isEqualTo("RetainExceptOnCreate"));
  }

  @Test
  void anotherDateOfTheSecretsMakesNewVersions() {
    assertThat(functions.named("Deliver").path("Description").asText())
        .isEqualTo("Towncrier eu: deliver, secrets of 2026-11-25, build 1");
  }

  @Test
  void requestsAreCountedByTheClientOfTheCdn() {
    assertThat(
            functions
                .named("Api")
                .at("/Environment/Variables/TOWNCRIER_HTTP_TRUSTED_PROXIES")
                .asText())
        .isEqualTo("2");
  }
}
