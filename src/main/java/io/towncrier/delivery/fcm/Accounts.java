package io.towncrier.delivery.fcm;

import com.google.auth.http.HttpTransportFactory;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.platform.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The service account. A file that is of no use stops the pushes and nothing else: it is looked at
 * again now and then, so that nobody has to restart the service to mend it. Reads files: not for an
 * event loop.
 */
final class Accounts {
  private static final Logger LOG = Logger.getLogger(Accounts.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private static final DeliveryResult UNREADABLE =
      new DeliveryResult.ProviderRefused("credentials-unreadable");
  private static final DeliveryResult REFUSED =
      new DeliveryResult.ProviderRefused("credentials-refused");

  private final String file;
  private final Secrets secrets;
  private final HttpTransportFactory transport;
  private final InstantSource clock;
  private @Nullable ServiceAccount account;
  private @Nullable Instant lookAgain;
  private String complaint = "";
  private DeliveryResult meanwhile = UNREADABLE;

  /**
   * Looks at the configuration, at the file later.
   *
   * @throws IllegalStateException when it cannot work, saying why
   */
  Accounts(FcmConfig config, Secrets secrets, HttpTransportFactory transport, InstantSource clock) {
    ServiceAccount.requireSafe("TOWNCRIER_FCM_ENDPOINT", config.endpoint());
    this.file = config.credentials().orElseThrow();
    this.secrets = secrets;
    this.transport = transport;
    this.clock = clock;
  }

  /** Empty while the file is of no use. */
  synchronized Optional<ServiceAccount> current() {
    Instant now = clock.instant();
    if (account == null && (lookAgain == null || !now.isBefore(lookAgain))) {
      lookAgain = now.plus(LOOK_AGAIN);
      read();
    }
    return Optional.ofNullable(account);
  }

  /** What becomes of messages while there is none. */
  synchronized DeliveryResult meanwhile() {
    return meanwhile;
  }

  /** Its key is refused: perhaps another will be put into the file. */
  synchronized DeliveryResult refused(ServiceAccount refused) {
    if (refused.equals(account)) {
      account = null;
      lookAgain = clock.instant().plus(LOOK_AGAIN);
      meanwhile = REFUSED;
      complain("the key in " + file + " is refused");
    }
    return REFUSED;
  }

  /** For the operator: the project, or what is wrong. */
  synchronized String description() {
    return current().map(a -> "project " + a.project()).orElse(complaint);
  }

  /** As budgets and breakers know it: a quota is a project's, a refusal its key's. */
  synchronized AccountId id() {
    return current()
        .map(a -> new AccountId("fcm:" + a.project(), a.fingerprint()))
        .orElse(new AccountId("fcm", "none"));
  }

  /** What is wrong with it, if anything is. */
  synchronized Optional<String> defect() {
    return current().isPresent() ? Optional.empty() : Optional.of(complaint);
  }

  private void read() {
    try {
      account = ServiceAccount.read(file, this::open, transport);
      if (!complaint.isEmpty() && meanwhile.equals(UNREADABLE)) {
        LOG.infof("the credentials in %s are readable again", file);
        complaint = "";
      }
    } catch (IllegalStateException useless) {
      meanwhile = UNREADABLE;
      complain(String.valueOf(useless.getMessage()));
    }
  }

  private InputStream open() throws IOException {
    String content = secrets.reveal(file);
    // What was not revealed is the name of a file.
    return content.equals(file)
        ? Files.newInputStream(Path.of(file))
        : new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
  }

  // Once each: it would otherwise be said for as long as nobody mends it.
  private void complain(String what) {
    if (!complaint.equals(what)) {
      complaint = what;
      LOG.warnf("nothing is pushed until the credentials are mended: %s", what);
    }
  }
}
