package io.towncrier.updates.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.testing.Configs;
import io.towncrier.updates.published.SnapshotConfig;
import io.towncrier.updates.published.SnapshotObjects.Found;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 says that S3Mock never does: it knows no roles. */
class S3ObjectsTest {
  @Test
  void whoMayNotListIsToldWhatIsMissing() {
    assertThatThrownBy(() -> read(403))
        .hasMessageContaining("s3:ListBucket")
        .hasMessageContaining("s3:GetObject")
        .hasMessageContaining("catalogue/snapshot of towncrier-eu")
        .hasCauseInstanceOf(S3Exception.class);
  }

  @Test
  void whoMayListSeesThatThereIsNothingYet() {
    assertThat(read(404)).isInstanceOf(Found.Nothing.class);
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    assertThatThrownBy(() -> read(503)).isInstanceOf(S3Exception.class);
  }

  private static Found read(int status) {
    AwsClients aws =
        new AwsClients(Configs.of(AwsConfig.class, Map.of())) {
          @Override
          public S3Client s3() {
            return new Answering(status);
          }
        };
    SnapshotConfig snapshot =
        Configs.of(SnapshotConfig.class, Map.of("towncrier.snapshot.bucket", "towncrier-eu"));
    return new S3Objects(aws, snapshot)
        .get(Optional.empty())
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private record Answering(int status) implements S3Client {
    @Override
    public <T> T getObject(
        GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
      throw S3Exception.builder().statusCode(status).message("answered " + status).build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
