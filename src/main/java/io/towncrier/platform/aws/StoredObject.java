package io.towncrier.platform.aws;

import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One object of a bucket, written by conditional requests (S3 User Guide, "Conditional writes").
 * Its methods block.
 */
public final class StoredObject {
  private static final int NOT_MODIFIED = 304;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  // 409: another conditional write is under way.
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final AwsClients aws;
  private final String bucket;
  private final String key;

  public StoredObject(AwsClients aws, String bucket, String key) {
    this.aws = aws;
    this.bucket = bucket;
    this.key = key;
  }

  /**
   * Reads the object.
   *
   * @param known the tag of what the caller has, if anything
   */
  public Found get(Optional<String> known) {
    try {
      ResponseBytes<GetObjectResponse> found =
          aws.s3().getObjectAsBytes(r -> r.bucket(bucket).key(key).ifNoneMatch(known.orElse(null)));
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

  /**
   * Writes the object, unless somebody else was faster.
   *
   * @param replaced the tag of what stands there; empty when nothing does
   * @return whether it was written
   */
  public boolean put(byte[] content, Optional<String> replaced) {
    try {
      aws.s3()
          .putObject(
              r -> {
                r.bucket(bucket).key(key);
                if (replaced.isPresent()) {
                  r.ifMatch(replaced.get());
                } else {
                  r.ifNoneMatch("*");
                }
              },
              RequestBody.fromBytes(content));
      return true;
    } catch (S3Exception other) {
      if (other.statusCode() == CONFLICT || other.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw other;
    }
  }

  // A role that may not list the bucket gets 403 also for an object that does not exist (API
  // reference, GetObject, "Permissions"). So 403 never means "nothing there".
  private String forbidden() {
    return "S3 lets this role not read "
        + key
        + " of "
        + bucket
        + ": it needs s3:GetObject on it and kms:Decrypt for its key, and s3:ListBucket on the"
        + " bucket, without which one that was never written looks the same";
  }

  /** What a read found. */
  public sealed interface Found {
    /** The caller has it. */
    record Unchanged() implements Found {}

    /** The object was never written. */
    record Nothing() implements Found {}

    /**
     * Another content.
     *
     * @param tag changes with the content
     */
    // Nobody compares two of them.
    @SuppressWarnings("ArrayRecordComponent")
    record Changed(String tag, byte[] content) implements Found {}
  }
}
