package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** CloudFront and the firewall. */
final class EdgeTest {
  private static final String DISTRIBUTION = "AWS::CloudFront::Distribution";
  private static final List<String> CHECK_KEY =
      List.of(
          "version",
          "country",
          "timezone",
          "language",
          "channel",
          "cohort",
          "hardware",
          "counter",
          "manual",
          "rollouts");

  private final Synthesized.Stack eu = Synthesized.cell("eu");
  private final Synthesized.Stack cn = Synthesized.cell("cn");

  @Test
  void aCheckIsKeptByWhatItsAnswerDependsOn() {
    JsonNode checks = behavior(eu, "/v1/products/*/update");
    JsonNode policy =
        eu.the("AWS::CloudFront::CachePolicy", "EdgeCachechecks").path("CachePolicyConfig");
    JsonNode key = policy.path("ParametersInCacheKeyAndForwardedToOrigin");

    assertThat(checks.at("/CachePolicyId/Ref").asText())
        .isEqualTo(eu.id("AWS::CloudFront::CachePolicy", "EdgeCachechecks"));
    assertThat(policy.path("MinTTL").asInt(-1)).isZero();
    assertThat(policy.path("MaxTTL").asInt()).isEqualTo(300);
    assertThat(key.at("/QueryStringsConfig/QueryStringBehavior").asText()).isEqualTo("whitelist");
    assertThat(texts(key.at("/QueryStringsConfig/QueryStrings"))).isEqualTo(CHECK_KEY);
    assertThat(key.at("/CookiesConfig/CookieBehavior").asText()).isEqualTo("none");
    assertThat(key.at("/HeadersConfig/HeaderBehavior").asText()).isEqualTo("none");
    assertThat(key.path("EnableAcceptEncodingGzip").asBoolean()).isTrue();
    assertThat(key.path("EnableAcceptEncodingBrotli").asBoolean()).isTrue();
  }

  @Test
  void bothFormsOfACheckAreKeptAlikeAndByTheirWholePath() {
    for (Synthesized.Stack cell : List.of(eu, cn)) {
      ObjectNode json = behavior(cell, "/v1/products/*/update").deepCopy();
      ObjectNode plain = behavior(cell, "/v1/products/*/update.txt").deepCopy();
      json.remove("PathPattern");
      plain.remove("PathPattern");
      assertThat(plain).isEqualTo(json).isNotEmpty();
    }
  }

  @Test
  void theKeyHasEveryFactThatACheckReads() throws IOException {
    String source =
        Files.readString(Path.of("../src/main/java/io/towncrier/updates/ReadFacts.java"));
    Matcher record = Pattern.compile("record ReadFacts\\(([^)]*)\\)").matcher(source);
    assertThat(record.find()).isTrue();
    List<String> facts =
        Pattern.compile("(\\w+)\\s*(?:,|$)")
            .matcher(record.group(1))
            .results()
            .map(component -> component.group(1))
            .toList();
    assertThat(CHECK_KEY).isEqualTo(facts).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void chinaKeepsACheckByTheSame() {
    JsonNode checks = behavior(cn, "/v1/products/*/update");

    assertThat(texts(checks.at("/ForwardedValues/QueryStringCacheKeys"))).isEqualTo(CHECK_KEY);
    assertThat(checks.at("/ForwardedValues/Cookies/Forward").asText()).isEqualTo("none");
    assertThat(checks.at("/ForwardedValues/Headers").isEmpty()).isTrue();
    assertThat(checks.path("MinTTL").asInt(-1)).isZero();
    assertThat(checks.path("MaxTTL").asInt()).isEqualTo(300);
  }

  @Test
  void everythingElseIsPassedOnAndNotKept() {
    JsonNode world = config(eu).path("DefaultCacheBehavior");
    assertThat(world.path("CachePolicyId").asText())
        .isEqualTo("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    JsonNode passed =
        eu.the("AWS::CloudFront::OriginRequestPolicy", "EdgePassallbuthost")
            .path("OriginRequestPolicyConfig");
    assertThat(passed.at("/HeadersConfig/HeaderBehavior").asText()).isEqualTo("allExcept");
    assertThat(texts(passed.at("/HeadersConfig/Headers"))).containsExactly("Host");

    JsonNode china = config(cn).path("DefaultCacheBehavior");
    assertThat(china.path("MaxTTL").asInt(-1)).isZero();
    assertThat(texts(china.at("/ForwardedValues/Headers")))
        .contains("Authorization", "X-Device-Secret")
        .doesNotContain("Host", "*");
  }

  @Test
  void theApiKnowsTheCdnByASecretThatNoTemplateHas() {
    for (Synthesized.Stack cell : List.of(eu, cn)) {
      String secret = cell.id("AWS::SecretsManager::Secret", "SecretsEdge");
      JsonNode header = config(cell).at("/Origins/0/OriginCustomHeaders/0");
      assertThat(header.path("HeaderName").asText()).isEqualTo("X-Towncrier-Edge");
      assertThat(header.path("HeaderValue").toString())
          .contains("{{resolve:secretsmanager:", "{\"Ref\":\"" + secret + "\"}");
      assertThat(
              cell.the("AWS::Lambda::Function", "FunctionsApi")
                  .at("/Environment/Variables/TOWNCRIER_EDGE_SECRET")
                  .toString())
          .contains("secretsmanager:", "{\"Ref\":\"" + secret + "\"}");
      assertThat(
              cell.the("AWS::SecretsManager::Secret", "SecretsEdge")
                  .at("/GenerateSecretString/ExcludePunctuation")
                  .asBoolean())
          .as("headers are split at commas")
          .isTrue();
      assertThat(config(cell).path("Comment").asText())
          .as("another date brings another secret")
          .endsWith(", secrets of 2026-11-25");
    }
  }

  @Test
  void oneClientsFailureIsNotKeptForTheOthers() {
    for (Synthesized.Stack cell : List.of(eu, cn)) {
      JsonNode errors = config(cell).path("CustomErrorResponses");
      assertThat(errors.findValuesAsText("ErrorCode")).contains("404", "500", "503");
      assertThat(errors.findValuesAsText("ErrorCachingMinTTL")).hasSize(11).containsOnly("0");
    }
  }

  @Test
  void publishedFirmwareIsServedToEverybodyAndNoOther() {
    for (Synthesized.Stack cell : List.of(eu, cn)) {
      assertThat(behavior(cell, "/artifacts/*").has("TrustedKeyGroups")).isFalse();
      assertThat(cell.all("AWS::CloudFront::KeyGroup")).isEmpty();
      List<JsonNode> reads = new ArrayList<>();
      cell.the("AWS::S3::BucketPolicy", "BucketsArtifactsPolicy")
          .at("/PolicyDocument/Statement")
          .forEach(
              statement -> {
                if (statement.path("Action").asText().equals("s3:GetObject")) {
                  reads.add(statement);
                }
              });
      assertThat(reads)
          .hasSize(1)
          .allSatisfy(
              statement ->
                  assertThat(
                          statement
                              .path("Condition")
                              .path("StringEquals")
                              .path("s3:ExistingObjectTag/published")
                              .asText())
                      .isEqualTo("true"));
    }
  }

  @Test
  void aPageOfTheCellMaySendPartsToTheBucket() {
    JsonNode rule =
        eu.the("AWS::S3::Bucket", "BucketsArtifacts").at("/CorsConfiguration/CorsRules/0");
    assertThat(texts(rule.path("AllowedMethods"))).containsExactly("PUT");
    assertThat(texts(rule.path("AllowedOrigins")))
        .containsExactly("https://updates.eu.example.com");
    assertThat(texts(rule.path("AllowedHeaders"))).containsExactly("x-amz-checksum-sha256");
  }

  @Test
  void nobodyButTheCdnReadsTheFirmware() {
    String world = eu.the("AWS::S3::BucketPolicy", "BucketsArtifactsPolicy").toString();
    assertThat(world).contains("cloudfront.amazonaws.com", "AWS:SourceArn", "/artifacts/*");
    assertThat(config(eu).toString()).contains("OriginAccessControlId");
    String china = cn.the("AWS::S3::BucketPolicy", "BucketsArtifactsPolicy").toString();
    assertThat(china).contains("S3CanonicalUserId", "/artifacts/*");
  }

  @Test
  void thereIsAFirewallWhereThereIsOne() {
    for (String cell : List.of("eu", "us")) {
      assertThat(config(Synthesized.cell(cell)).at("/WebACLId/Ref").asText())
          .isEqualTo("WebAclArn");
      JsonNode acl = Synthesized.home(cell).the("AWS::WAFv2::WebACL");
      assertThat(acl.path("Scope").asText()).isEqualTo("CLOUDFRONT");
      assertThat(acl.at("/Rules/0/Statement/RateBasedStatement/Limit").asInt()).isEqualTo(60_000);
      assertThat(acl.toString())
          .contains("AWSManagedRulesCommonRuleSet")
          .doesNotContain("\"SampledRequestsEnabled\":true");
      assertThat(Synthesized.home(cell).root().path("Outputs").fieldNames())
          .toIterable()
          .contains("WebAclArn", "CertificateArn");
    }
    assertThat(config(cn).has("WebACLId")).isFalse();
  }

  @Test
  void inChinaTheCertificateIsOneOfIam() {
    JsonNode certificate = config(cn).path("ViewerCertificate");
    assertThat(certificate.path("IamCertificateId").asText()).isEqualTo("ASCAEXAMPLEEXAMPLE");
    assertThat(certificate.path("MinimumProtocolVersion").asText()).isEqualTo("TLSv1.2_2021");
    assertThat(texts(config(cn).path("Aliases"))).containsExactly("updates.example.cn");
  }

  @Test
  void theCdnKeepsNoListOfAddresses() {
    assertThat(config(eu).has("Logging")).isFalse();
    assertThat(config(cn).has("Logging")).isFalse();
  }

  private static JsonNode config(Synthesized.Stack cell) {
    return cell.the(DISTRIBUTION).path("DistributionConfig");
  }

  private static JsonNode behavior(Synthesized.Stack cell, String path) {
    for (JsonNode behavior : config(cell).path("CacheBehaviors")) {
      if (behavior.path("PathPattern").asText().equals(path)) {
        return behavior;
      }
    }
    throw new AssertionError("no behavior of " + path);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
