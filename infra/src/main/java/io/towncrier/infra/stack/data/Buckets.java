package io.towncrier.infra.stack.data;

import io.towncrier.infra.cell.CareSettings;
import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * Firmware, the signed catalogue, and who read them. None holds data about people; of what was
 * erased there are keyed hashes of its ids.
 */
public final class Buckets {
  public static final String SNAPSHOT = "catalogue/snapshot";
  public static final String WITNESS = "installation/witness";
  private static final String LEDGER_KEY = "installation/ledger-key";
  private static final String ERASED = "installation/erased/";
  private static final Duration OLD_VERSIONS_ARE_KEPT = Duration.days(30);

  /**
   * Somewhat longer than entries are kept (towncrier.retention.audit): the verifier begins at one.
   */
  private static final Duration HEADS_ARE_LOCKED = Duration.days(1100);

  private final Construct scope;
  private final Keys keys;
  private final Bucket access;
  private final Bucket artifacts;
  private final Bucket catalogue;
  private final Bucket audit;

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
            ? artifacts(logged("Artifacts").encryption(BucketEncryption.S3_MANAGED), cell)
            : artifacts(encrypted("Artifacts"), cell);
    this.catalogue = encrypted("Catalogue").build();
    // No backup is so old that it would bring them back.
    catalogue.addLifecycleRule(
        LifecycleRule.builder()
            .prefix(ERASED)
            .expiration(Duration.days(CareSettings.PROMISED_DAYS))
            .build());
    // Nobody removes a head before the entries go that it vouches for, not even the account.
    this.audit =
        encrypted("Audit")
            .objectLockEnabled(true)
            .objectLockDefaultRetention(ObjectLockRetention.compliance(HEADS_ARE_LOCKED))
            .build();
  }

  public Bucket artifacts() {
    return artifacts;
  }

  /** Where the heads of the audit chains are signed off. */
  public Bucket audit() {
    return audit;
  }

  /** One object a chain, of which a version is added each day. */
  public String[] auditArns() {
    return new String[] {audit.arnForObjects("audit/changes"), audit.arnForObjects("audit/reads")};
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

  /** The one with the key of the ledger of what was erased (docs/adr/0049). */
  public String ledgerKeyArn() {
    return catalogue.arnForObjects(LEDGER_KEY);
  }

  /** The ledger itself: an object for each erasure, named by day and hash. */
  public String erasedArn() {
    return catalogue.arnForObjects(ERASED + "*");
  }

  // Parts of an upload go to S3 itself, also from the page of the console.
  private static Bucket artifacts(Bucket.Builder bucket, Cell cell) {
    if (cell.edge() != null) {
      bucket.cors(
          List.of(
              CorsRule.builder()
                  .allowedMethods(List.of(HttpMethods.PUT))
                  .allowedOrigins(List.of("https://" + cell.edge().domain()))
                  .allowedHeaders(List.of("x-amz-checksum-sha256"))
                  .build()));
    }
    return bucket.build();
  }

  /** All objects that operators upload. */
  public String artifactsArn() {
    return artifacts.arnForObjects("artifacts/*");
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
