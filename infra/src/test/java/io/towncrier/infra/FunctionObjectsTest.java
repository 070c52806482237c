package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each function of a cell reads and writes in its buckets, and what it is told of them. */
final class FunctionObjectsTest {
  private final Synthesized.Stack eu = Synthesized.cell("eu");
  private final CellFunctions functions = new CellFunctions(eu);

  @Test
  void theSnapshotIsWrittenByThoseWhoSignItAndIsOneObject() {
    assertThat(functions.actions("Api")).contains("s3:PutObject");
    assertThat(functions.actions("Tick")).contains("s3:PutObject");
    assertThat(List.of("Check", "Deliver"))
        .allSatisfy(
            name ->
                assertThat(functions.actions(name))
                    .contains("s3:GetObject")
                    .doesNotContain("s3:PutObject"));
    assertThat(functions.actions("Plan")).noneMatch(action -> action.startsWith("s3:"));
    assertThat(functions.statements("Check", "s3:GetObject").get(0).path("Resource").toString())
        .contains("BucketsCatalogue")
        .endsWith("\"/catalogue/snapshot\"]]}");
  }

  @Test
  void whoClaimsReadsTheWitnessAndTheTickAloneWritesIt() {
    for (String name : List.of("Deliver", "Tick")) {
      JsonNode told = functions.variables(name);
      assertThat(told.at("/TOWNCRIER_WITNESS_BUCKET/Ref").asText())
          .isEqualTo(eu.id("AWS::S3::Bucket", "BucketsCatalogue"));
      assertThat(told.path("TOWNCRIER_WITNESS_OBJECT").asText()).isEqualTo("installation/witness");
      assertThat(functions.objects(name, "s3:GetObject"))
          .contains("/catalogue/snapshot", "/installation/witness");
    }
    assertThat(functions.objects("Tick", "s3:PutObject"))
        .containsExactlyInAnyOrder(
            "/catalogue/snapshot",
            "/installation/witness",
            "/installation/ledger-key",
            "/installation/erased/*",
            "/artifacts/*",
            "/audit/changes",
            "/audit/reads");
    assertThat(functions.objects("Api", "s3:PutObject"))
        .containsExactlyInAnyOrder(
            "/catalogue/snapshot",
            "/installation/ledger-key",
            "/installation/erased/*",
            "/artifacts/*");
    for (String name : List.of("Api", "Check", "Plan", "Migrate")) {
      assertThat(functions.told(name)).as(name).noneMatch(each -> each.contains("WITNESS"));
      assertThat(functions.objects(name, "s3:GetObject"))
          .as(name)
          .doesNotContain("/installation/witness");
    }
  }

  @Test
  void whoErasesNotesItAndWhoSendsWaitsForTheReplay() {
    for (String name : List.of("Api", "Deliver", "Tick")) {
      JsonNode told = functions.variables(name);
      assertThat(told.at("/TOWNCRIER_LEDGER_BUCKET/Ref").asText())
          .as(name)
          .isEqualTo(eu.id("AWS::S3::Bucket", "BucketsCatalogue"));
      assertThat(functions.objects(name, "s3:GetObject"))
          .as(name)
          .doesNotContain("/installation/erased/*");
      assertThat(functions.objects(name, "s3:DeleteObject"))
          .as(name)
          .noneMatch(o -> o.contains("install"));
    }
    assertThat(functions.objects("Deliver", "s3:PutObject")).isEmpty();
    for (String name : List.of("Check", "Plan", "Migrate")) {
      assertThat(functions.told(name)).as(name).doesNotContain("TOWNCRIER_LEDGER_BUCKET");
    }
  }

  @Test
  void artifactsAreKeptByTheApiAndTheTickAlone() {
    for (String name : List.of("Api", "Tick")) {
      List<JsonNode> may = functions.statements(name, "s3:PutObjectTagging");
      assertThat(may).as(name).hasSize(1);
      assertThat(functions.objects(name, "s3:PutObjectTagging")).containsExactly("/artifacts/*");
      assertThat(functions.objects(name, "s3:DeleteObject")).containsExactly("/artifacts/*");
      JsonNode told = functions.variables(name);
      assertThat(told.at("/TOWNCRIER_ARTIFACTS_BUCKET/Ref").asText())
          .isEqualTo(eu.id("AWS::S3::Bucket", "BucketsArtifacts"));
      assertThat(told.path("TOWNCRIER_PUBLIC_URL").asText())
          .isEqualTo("https://updates.eu.example.com");
    }
    for (String name : List.of("Check", "Plan", "Deliver", "Migrate")) {
      assertThat(functions.objects(name, "s3:GetObject")).as(name).doesNotContain("/artifacts/*");
      assertThat(functions.told(name)).as(name).noneMatch(each -> each.contains("ARTIFACTS"));
    }
  }

  @Test
  void whoReadsTheSnapshotIsToldWhenThereIsNone() {
    for (String name : List.of("Api", "Check", "Deliver", "Tick")) {
      List<JsonNode> may = functions.statements(name, "s3:ListBucket");
      boolean audits = name.equals("Api") || name.equals("Tick");
      assertThat(may).as(name).hasSize(audits ? 2 : 1);
      if (audits) {
        assertThat(may.get(1).at("/Resource/Fn::GetAtt/0").asText())
            .isEqualTo(eu.id("AWS::S3::Bucket", "BucketsAudit"));
      }
      assertThat(may.get(0).path("Action").asText()).isEqualTo("s3:ListBucket");
      assertThat(may.get(0).at("/Resource/Fn::GetAtt/0").asText())
          .isEqualTo(eu.id("AWS::S3::Bucket", "BucketsCatalogue"));
    }
  }
}
