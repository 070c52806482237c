package io.towncrier.infra.stack.data;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** Firmware, the signed catalogue, and who read them. None holds data about people. */
public final class Buckets {
  public static final String SNAPSHOT = "catalogue/snapshot";
  public static final String WITNESS = "installation/witness";
  private static final Duration OLD_VERSIONS_ARE_KEPT = Duration.days(30);

  private final Construct scope;
  private final Keys keys;
  private final Bucket access;
  private final Bucket artifacts;
  private final Bucket catalogue;

  public Buckets(CellStack stack, Cell cell, Keys keys) {
    this.scope = new Construct(stack, "Buckets");
    this.keys = keys;
    this.access =
        closed("Access")
            .encryption(BucketEncryption.S3_MANAGED)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .expiration(Duration.days(cell.care().logDays()))
                        .build()))
            .build();
    // An origin access identity, which is all that China has, cannot read what KMS encrypted.
    this.artifacts =
        cell.inChina() && cell.edge() != null
            ? logged("Artifacts").encryption(BucketEncryption.S3_MANAGED).build()
            : encrypted("Artifacts").build();
    this.catalogue = encrypted("Catalogue").build();
  }

  public Bucket artifacts() {
    return artifacts;
  }

  public Bucket catalogue() {
    return catalogue;
  }

  /** The one object that holds the catalogue. */
  public String snapshotArn() {
    return catalogue.arnForObjects(SNAPSHOT);
  }

  /**
   * The one that tells a restored database: how far the cell had come, and ids and counts of
   * notices. It is in no backup of the database.
   */
  public String witnessArn() {
    return catalogue.arnForObjects(WITNESS);
  }

  private Bucket.Builder encrypted(String id) {
    return logged(id)
        .encryption(BucketEncryption.KMS)
        .encryptionKey(keys.of(Data.OBJECTS))
        .bucketKeyEnabled(true);
  }

  private Bucket.Builder logged(String id) {
    return closed(id)
        .versioned(true)
        .serverAccessLogsBucket(access)
        .serverAccessLogsPrefix(id.toLowerCase(Locale.ROOT) + "/")
        .lifecycleRules(
            List.of(
                LifecycleRule.builder()
                    .noncurrentVersionExpiration(OLD_VERSIONS_ARE_KEPT)
                    .abortIncompleteMultipartUploadAfter(Duration.days(7))
                    .build()));
  }

  private Bucket.Builder closed(String id) {
    return Bucket.Builder.create(scope, id)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}
