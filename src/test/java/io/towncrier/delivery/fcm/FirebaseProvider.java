package io.towncrier.delivery.fcm;

import com.google.auth.oauth2.AccessToken;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.credentials.AccountFile;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.delivery.recall.CallsBack;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.delivery.recall.RecallOutcome;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends through firebase-admin, one request per message and a thread for each: the reference with
 * which the sender of the service is compared. It is no bean, so a test of the service has none.
 */
class FirebaseProvider implements PushProvider, CallsBack {
  private static final Logger LOG = Logger.getLogger(FirebaseProvider.class);
  private static final int MOST_SENDERS = 100;
  // Of a 401, as Google says it and as a proxy does.
  private static final Set<String> OUR_TOKEN = Set.of("UNAUTHENTICATED", "HTTP_401");

  private final FcmConfig config;
  private final Duration lease;
  private final int senders;
  private final PhoneKeys keys;
  private final Secrets secrets;
  private final InstantSource clock;
  private @Nullable AccountFile<ServiceAccount> accounts;
  private @Nullable FirebaseConnection connection;
  private @Nullable ExecutorService pool;

  FirebaseProvider(
      FcmConfig config,
      DeliveryConfig delivery,
      PhoneKeys keys,
      Secrets secrets,
      InstantSource clock) {
    this.config = config;
    this.lease = delivery.lease();
    this.senders = Math.min(delivery.batch(), MOST_SENDERS);
    this.keys = keys;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public boolean isConfigured() {
    return config.credentials().isPresent();
  }

  @Override
  public String description() {
    return "fcm (%s at %s, by firebase-admin)"
        .formatted(accounts().description(), config.endpoint().getHost());
  }

  @Override
  public AccountId account() {
    return accounts().id();
  }

  @Override
  public Optional<String> defect() {
    return accounts().defect();
  }

  @Override
  public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
    return send(
        "notice " + message.notice(),
        () ->
            FcmMessages.notice(
                message,
                keys.mac(message.deviceId(), FcmMessages.form(message)),
                keys.open(message.address()),
                clock.instant()),
        lease);
  }

  @Override
  public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
    return send(
        "a challenge",
        () -> FcmMessages.challenge(challenge, keys.open(challenge.address()), clock.instant()),
        lease);
  }

  @Override
  public Uni<RecallOutcome> recall(Recall recall, Lease lease) {
    PushAddress to = recall.address().orElseThrow();
    return send(
            "a recall",
            () ->
                FcmMessages.recall(
                    recall,
                    to,
                    keys.mac(recall.device(), FcmMessages.form(recall)),
                    keys.open(to),
                    clock.instant()),
            lease)
        .map(RecallOutcome::of);
  }

  @Override
  public boolean callsBackTogether() {
    return true;
  }

  private Uni<DeliveryResult> send(String what, Supplier<Message> message, Lease lease) {
    return Uni.createFrom()
        .item(() -> sendNow(message, lease))
        .runSubscriptionOn(pool())
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf(failure, "sending %s failed", what);
              return new DeliveryResult.TryLater("INTERNAL", Optional.empty());
            });
  }

  private DeliveryResult sendNow(Supplier<Message> message, Lease lease) {
    Optional<FirebaseConnection> open = connection();
    if (open.isEmpty()) {
      return accounts().meanwhile();
    }
    Message rendered = message.get();
    AccessToken token = open.get().token();
    DeliveryResult first = attempt(open.get(), rendered, lease);
    if (!(first instanceof DeliveryResult.ProviderRefused refused)
        || !OUR_TOKEN.contains(refused.code())) {
      return first;
    }
    // Our token may have been revoked: once a new one, still within the lease.
    try {
      open.get().renew(token);
    } catch (IOException failure) {
      return tokenFailure(open.get(), failure).orElse(refused);
    }
    return attempt(open.get(), rendered, lease);
  }

  private DeliveryResult attempt(FirebaseConnection open, Message message, Lease lease) {
    FirebaseTransport transport = open.transport();
    transport.hold(lease);
    try {
      return new DeliveryResult.Accepted(open.messaging().send(message));
    } catch (FirebaseMessagingException failure) {
      return tokenFailure(open, failure).orElseGet(() -> resultOf(failure));
    } finally {
      transport.release();
    }
  }

  private Optional<DeliveryResult> tokenFailure(FirebaseConnection open, Exception failure) {
    return TokenFailures.resultOf(failure, accounts(), open.account());
  }

  private DeliveryResult resultOf(FirebaseMessagingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FirebaseTransport.LeaseOver) {
        return new DeliveryResult.NotSent();
      }
      if (cause instanceof FirebaseTransport.Refusal refusal) {
        return refusal.result();
      }
    }
    LOG.debugf("no answer from FCM: %s", failure);
    return new DeliveryResult.TryLater(JdkTransport.lossOf(failure), Optional.empty());
  }

  private synchronized AccountFile<ServiceAccount> accounts() {
    AccountFile<ServiceAccount> known = accounts;
    if (known == null) {
      FcmProvider.requireShort(config.requestTimeout(), lease);
      known = ServiceAccount.in(config, secrets, clock);
      accounts = known;
    }
    return known;
  }

  /** Empty while the credentials are of no use. */
  private synchronized Optional<FirebaseConnection> connection() {
    Optional<ServiceAccount> account = accounts().current();
    FirebaseConnection known = connection;
    if (known != null && (account.isEmpty() || !known.account().equals(account.get()))) {
      known.close();
      connection = null;
    }
    if (connection == null && account.isPresent()) {
      connection = new FirebaseConnection(config, account.get(), clock);
    }
    return Optional.ofNullable(connection);
  }

  private synchronized ExecutorService pool() {
    ExecutorService running = pool;
    if (running == null) {
      running =
          Executors.newFixedThreadPool(
              senders,
              work -> {
                Thread thread = new Thread(work, "fcm-sender");
                thread.setDaemon(true);
                return thread;
              });
      pool = running;
    }
    return running;
  }

  synchronized void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
    if (connection != null) {
      connection.close();
    }
  }
}
