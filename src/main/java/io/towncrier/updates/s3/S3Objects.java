package io.towncrier.updates.s3;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Offload;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.StoredObject;
import io.towncrier.updates.published.SnapshotConfig;
import io.towncrier.updates.published.SnapshotObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The published snapshot, one object of a bucket. */
@ApplicationScoped
public class S3Objects implements SnapshotObjects {
  private final AwsClients aws;
  private final SnapshotConfig config;

  public S3Objects(AwsClients aws, SnapshotConfig config) {
    this.aws = aws;
    this.config = config;
  }

  @Override
  public Uni<Found> get(Optional<String> known) {
    return Offload.run(() -> found(stored().get(known)));
  }

  @Override
  public Uni<Boolean> put(byte[] object, Optional<String> replaced) {
    return Offload.run(() -> stored().put(object, replaced));
  }

  private static Found found(StoredObject.Found found) {
    if (found instanceof StoredObject.Found.Changed changed) {
      return new Found.Changed(changed.tag(), changed.content());
    }
    if (found instanceof StoredObject.Found.Unchanged) {
      return new Found.Unchanged();
    }
    if (found instanceof StoredObject.Found.Nothing) {
      return new Found.Nothing();
    }
    throw new ForgottenCase(found);
  }

  private StoredObject stored() {
    return new StoredObject(aws, config.bucket().orElseThrow(), config.key());
  }
}
