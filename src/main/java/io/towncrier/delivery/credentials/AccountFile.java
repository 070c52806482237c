package io.towncrier.delivery.credentials;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.platform.Secrets;
import java.io.IOException;
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
 * The account at a provider, in a file or a secret. An unusable one stops the pushes of that
 * provider and nothing else. It is read again from time to time, so that it can be mended without a
 * restart. Reads files: not for an event loop.
 */
public final class AccountFile<A extends AccountFile.Account> {
  private static final Logger LOG = Logger.getLogger(AccountFile.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private static final DeliveryResult UNREADABLE =
      new DeliveryResult.ProviderRefused("credentials-unreadable");
  private static final DeliveryResult REFUSED =
      new DeliveryResult.ProviderRefused("credentials-refused");

  private final String provider;
  private final String file;
  private final Reader<A> reader;
  private final Secrets secrets;
  private final InstantSource clock;
  private @Nullable A account;
  private @Nullable Instant lookAgain;
  private String complaint = "";
  private DeliveryResult meanwhile = UNREADABLE;

  /**
   * Looks at the file later.
   *
   * @param provider its name
   * @param file its path, or the name of a secret
   */
  public AccountFile(
      String provider, String file, Reader<A> reader, Secrets secrets, InstantSource clock) {
    this.provider = provider;
    this.file = file;
    this.reader = reader;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Empty while the file is of no use. */
  public synchronized Optional<A> current() {
    Instant now = clock.instant();
    if (account == null && (lookAgain == null || !now.isBefore(lookAgain))) {
      lookAgain = now.plus(LOOK_AGAIN);
      read();
    }
    return Optional.ofNullable(account);
  }

  /** What becomes of messages while there is none. */
  public synchronized DeliveryResult meanwhile() {
    return meanwhile;
  }

  /** Its key is refused: perhaps another will be put into the file. */
  public synchronized DeliveryResult refused(A refused) {
    if (refused.equals(account)) {
      account = null;
      lookAgain = clock.instant().plus(LOOK_AGAIN);
      meanwhile = REFUSED;
      complain("the key in " + file + " is refused; a clock that is wrong has the same effect");
    }
    return REFUSED;
  }

  /** For the operator: the account, or what is wrong. */
  public synchronized String description() {
    return current().map(Account::description).orElse(complaint);
  }

  /** As budgets and breakers know it. */
  public synchronized AccountId id() {
    return current().map(Account::id).orElse(new AccountId(provider, "none"));
  }

  /** What is wrong with it, if anything is. */
  public synchronized Optional<String> defect() {
    return current().isPresent() ? Optional.empty() : Optional.of(complaint);
  }

  private void read() {
    try {
      account = reader.read(file, this::content);
      if (!complaint.isEmpty() && meanwhile.equals(UNREADABLE)) {
        LOG.infof("the credentials in %s are readable again", file);
        complaint = "";
      }
    } catch (IllegalStateException useless) {
      meanwhile = UNREADABLE;
      complain(String.valueOf(useless.getMessage()));
    }
  }

  private byte[] content() throws IOException {
    String content = secrets.reveal(file);
    // What was not revealed is the name of a file.
    return content.equals(file)
        ? Files.readAllBytes(Path.of(file))
        : content.getBytes(StandardCharsets.UTF_8);
  }

  // Once each: it would otherwise be said for as long as nobody mends it.
  private void complain(String what) {
    if (!complaint.equals(what)) {
      complaint = what;
      LOG.warnf("nothing is pushed by %s until the credentials are mended: %s", provider, what);
    }
  }

  /** What a file says. */
  public interface Account {
    /** A quota is an account's, a refusal its key's. */
    AccountId id();

    /** For the operator, without the key. */
    String description();
  }

  /** Makes an account of a file. */
  @FunctionalInterface
  public interface Reader<A> {
    /**
     * Reads it.
     *
     * @param file its name, for the operator who has to mend it
     * @throws IllegalStateException when it is of no use, saying why; never with what is in it
     */
    A read(String file, Content content);
  }

  /** The bytes of a file. */
  @FunctionalInterface
  public interface Content {
    byte[] bytes() throws IOException;
  }
}
