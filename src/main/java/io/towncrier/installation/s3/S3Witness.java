package io.towncrier.installation.s3;

import io.towncrier.installation.Outside;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.StoredObject;
import io.towncrier.platform.aws.StoredObject.Found;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The witness of a cell: an object of the bucket that is in no backup of the database. Ticks may
 * run side by side, so each write is conditional and never takes the mark back. Where S3 cannot be
 * asked the methods fail: a function that has never compared itself then claims nothing.
 */
@ApplicationScoped
class S3Witness implements Outside {
  private static final Logger LOG = Logger.getLogger(S3Witness.class);
  private static final int TRIES = 5;

  private final Optional<StoredObject> object;

  S3Witness(AwsClients aws, TowncrierConfig config) {
    this.object =
        config.witnessBucket().map(bucket -> new StoredObject(aws, bucket, config.witnessObject()));
  }

  /** Aurora has no data directory of ours. */
  @Override
  public Optional<String> marker() {
    return Optional.empty();
  }

  @Override
  public Optional<Testimony> witness() {
    return object.flatMap(stored -> told(stored.get(Optional.empty())));
  }

  @Override
  public void tell(Testimony testimony) {
    if (object.isEmpty()) {
      return;
    }
    byte[] content = testimony.text().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < TRIES; i++) {
      Found found = object.get().get(Optional.empty());
      // What is ahead stays: another tick was faster, or an operator has to look at it first.
      if (told(found).filter(told -> told.mark() > testimony.mark()).isPresent()
          || object.get().put(content, tag(found))) {
        return;
      }
    }
    throw new IllegalStateException("somebody else writes the witness all the time");
  }

  private static Optional<String> tag(Found found) {
    return found instanceof Found.Changed changed ? Optional.of(changed.tag()) : Optional.empty();
  }

  private static Optional<Testimony> told(Found found) {
    if (!(found instanceof Found.Changed changed)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Testimony.read(new String(changed.content(), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException | DateTimeException garbled) {
      LOG.errorf("the witness in S3 cannot be read, and says nothing: %s", garbled);
      return Optional.empty();
    }
  }
}
