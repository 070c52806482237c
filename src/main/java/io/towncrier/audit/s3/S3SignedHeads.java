package io.towncrier.audit.s3;

import io.towncrier.audit.AuditConfig;
import io.towncrier.audit.SignedHeads;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.StoredObject;
import io.towncrier.platform.aws.StoredObject.Found;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Signed heads of a cell: an object a chain, a line a day. The object lock of the bucket keeps
 * every version of it: a line that is taken away stands in the version before. Without a bucket
 * nothing is kept.
 */
@ApplicationScoped
class S3SignedHeads implements SignedHeads {
  private static final String FOLDER = "audit/";

  private final AwsClients aws;
  private final Optional<String> bucket;

  S3SignedHeads(AwsClients aws, AuditConfig config) {
    this.aws = aws;
    this.bucket = config.bucket();
  }

  @Override
  public List<String> lines(String chain) {
    return object(chain).map(object -> lines(object.get(Optional.empty()))).orElse(List.of());
  }

  @Override
  public boolean replace(String chain, List<String> known, List<String> next) {
    Optional<StoredObject> object = object(chain);
    if (object.isEmpty()) {
      return true;
    }
    Found found = object.get().get(Optional.empty());
    byte[] content = (String.join("\n", next) + "\n").getBytes(StandardCharsets.UTF_8);
    return lines(found).equals(known) && object.get().put(content, tag(found));
  }

  private Optional<StoredObject> object(String chain) {
    return bucket.map(name -> new StoredObject(aws, name, FOLDER + chain));
  }

  private static List<String> lines(Found found) {
    return found instanceof Found.Changed changed
        ? new String(changed.content(), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }

  private static Optional<String> tag(Found found) {
    return found instanceof Found.Changed changed ? Optional.of(changed.tag()) : Optional.empty();
  }
}
