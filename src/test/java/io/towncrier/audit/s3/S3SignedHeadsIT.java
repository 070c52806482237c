package io.towncrier.audit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.audit.AuditConfig;
import io.towncrier.audit.SignedHeads;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackS3;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Signed heads against S3 itself: S3Mock, which knows conditional writes. */
@Tag("zip")
class S3SignedHeadsIT {
  private final String chain = "chain-" + UUID.randomUUID();

  @Test
  void whatWasWrittenIsReadAndNobodysLinesAreLost() throws Exception {
    try (S3Client client = client(LoopbackCell.shared().s3().endpoint())) {
      SignedHeads heads = heads(client, Map.of("towncrier.audit.bucket", LoopbackS3.BUCKET));
      assertThat(heads.lines(chain)).isEmpty();
      assertThat(heads.replace(chain, List.of(), List.of("one"))).isTrue();
      assertThat(heads.replace(chain, List.of("one"), List.of("one", "two"))).isTrue();
      // Another tick, which has read before that.
      assertThat(heads.replace(chain, List.of("one"), List.of("one", "other"))).isFalse();
      assertThat(heads.lines(chain)).containsExactly("one", "two");
      assertThat(heads.lines(chain + "0")).isEmpty();
      SignedHeads nowhere = heads(client, Map.of());
      assertThat(nowhere.replace(chain, List.of(), List.of("one"))).as("without a bucket").isTrue();
      assertThat(nowhere.lines(chain)).isEmpty();
    }
  }

  private static SignedHeads heads(S3Client client, Map<String, String> settings) {
    AwsClients aws =
        new AwsClients(Configs.of(AwsConfig.class, Map.of())) {
          @Override
          public S3Client s3() {
            return client;
          }
        };
    return new S3SignedHeads(aws, Configs.of(AuditConfig.class, settings));
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
