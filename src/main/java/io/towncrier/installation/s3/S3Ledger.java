package io.towncrier.installation.s3;

import io.towncrier.installation.ErasureLedger;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.StoredObject;
import io.towncrier.platform.aws.StoredObject.Found;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The ledger of a cell, beside the witness: an empty object for each erasure, whose name is the
 * hash. Two who erase at once do not meet, and a rule of the bucket can end what is old by its day.
 */
@ApplicationScoped
class S3Ledger implements ErasureLedger {
  private static final String FOLDER = "installation/erased/";
  private static final String KEY = "installation/ledger-key";
  private static final int KEY_BYTES = 32;
  private static final byte[] EMPTY = {};

  private final AwsClients aws;
  private final Optional<String> bucket;

  S3Ledger(AwsClients aws, TowncrierConfig config) {
    this.aws = aws;
    this.bucket = config.ledgerBucket();
  }

  @Override
  public boolean isKept() {
    return bucket.isPresent();
  }

  @Override
  public byte[] key() {
    StoredObject object = new StoredObject(aws, bucket.orElseThrow(), KEY);
    if (object.get(Optional.empty()) instanceof Found.Changed known) {
      return known.content();
    }
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    // Of two who make one at once, one is written; both read that one.
    object.put(fresh, Optional.empty());
    if (object.get(Optional.empty()) instanceof Found.Changed written) {
      return written.content();
    }
    throw new IllegalStateException("the key of the ledger cannot be written");
  }

  @Override
  public void note(String hash, LocalDate day) {
    // False when it was noted before.
    new StoredObject(aws, bucket.orElseThrow(), FOLDER + day + "/" + hash)
        .put(EMPTY, Optional.empty());
  }

  @Override
  public Set<String> hashes() {
    return aws
        .s3()
        .listObjectsV2Paginator(r -> r.bucket(bucket.orElseThrow()).prefix(FOLDER))
        .contents()
        .stream()
        .map(S3Object::key)
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
