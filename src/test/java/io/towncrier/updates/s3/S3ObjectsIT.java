package io.towncrier.updates.s3;

import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackS3;
import io.towncrier.updates.published.SnapshotConfig;
import io.towncrier.updates.published.SnapshotObjects;
import io.towncrier.updates.published.SnapshotObjectsContract;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** S3Mock is there in the Lambda build. */
@Tag("zip")
class S3ObjectsIT extends SnapshotObjectsContract {
  // Where the SDK looks, as in a function's environment.
  private static final Map<String, String> AS_IN_LAMBDA =
      Map.of(
          "aws.region", "eu-central-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");

  @BeforeAll
  static void set() {
    AS_IN_LAMBDA.forEach(System::setProperty);
  }

  @AfterAll
  static void unset() {
    AS_IN_LAMBDA.keySet().forEach(System::clearProperty);
  }

  @Override
  protected SnapshotObjects objects() throws Exception {
    AwsConfig aws =
        Configs.of(
            AwsConfig.class,
            Map.of("towncrier.aws.endpoint.s3", LoopbackCell.shared().s3().endpoint().toString()));
    SnapshotConfig snapshot =
        Configs.of(
            SnapshotConfig.class,
            Map.of(
                "towncrier.snapshot.bucket",
                LoopbackS3.BUCKET,
                "towncrier.snapshot.key",
                UUID.randomUUID().toString()));
    return new S3Objects(new AwsClients(aws), snapshot);
  }
}
