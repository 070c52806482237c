package io.towncrier.updates.s3;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Aside;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.updates.published.SnapshotConfig;
import io.towncrier.updates.published.SnapshotObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One object of a bucket, written by conditional requests (S3 User Guide, "Conditional writes").
 */
@ApplicationScoped
public class S3Objects implements SnapshotObjects {
  private static final int NOT_MODIFIED = 304;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  // 409: another conditional write is under way.
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final AwsClients aws;
  private final SnapshotConfig config;

  public S3Objects(AwsClients aws, SnapshotConfig config) {
    this.aws = aws;
    this.config = config;
  }

  @Override
  public Uni<Found> get(Optional<String> known) {
    return Aside.run(() -> read(known));
  }

  @Override
  public Uni<Boolean> put(byte[] object, Optional<String> replaced) {
    return Aside.run(() -> write(object, replaced));
  }

  private Found read(Optional<String> known) {
    try {
      ResponseBytes<GetObjectResponse> found =
          aws.s3()
              .getObjectAsBytes(
                  r -> r.bucket(bucket()).key(config.key()).ifNoneMatch(known.orElse(null)));
      return new Found.Changed(found.response().eTag(), found.asByteArrayUnsafe());
    } catch (NoSuchKeyException absent) {
      return new Found.Nothing();
    } catch (S3Exception other) {
      if (other.statusCode() == NOT_MODIFIED) {
        return new Found.Unchanged();
      } else if (other.statusCode() == NOT_FOUND) {
        return new Found.Nothing();
      } else if (other.statusCode() == FORBIDDEN) {
        throw new IllegalStateException(forbidden(), other);
      }
      throw other;
    }
  }

  // S3 says so of an object that is not there, too, to whoever may not list its bucket (API
  // reference, GetObject, "Permissions"): that cannot be taken for "nothing there".
  private String forbidden() {
    return "S3 lets this role not read "
        + config.key()
        + " of "
        + bucket()
        + ": it needs s3:GetObject on it and kms:Decrypt for its key, and s3:ListBucket on the"
        + " bucket, without which one that was never written looks the same";
  }

  private boolean write(byte[] object, Optional<String> replaced) {
    try {
      aws.s3()
          .putObject(
              r -> {
                r.bucket(bucket()).key(config.key());
                if (replaced.isPresent()) {
                  r.ifMatch(replaced.get());
                } else {
                  r.ifNoneMatch("*");
                }
              },
              RequestBody.fromBytes(object));
      return true;
    } catch (S3Exception other) {
      if (other.statusCode() == CONFLICT || other.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw other;
    }
  }

  private String bucket() {
    return config.bucket().orElseThrow();
  }
}
