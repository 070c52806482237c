package io.towncrier.delivery.fcm;

import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.devices.ChallengePusher.Challenge;
import io.towncrier.privacy.Vault;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends through firebase-admin, one request per message. */
@ApplicationScoped
class FirebaseProvider implements PushProvider {
  private static final Logger LOG = Logger.getLogger(FirebaseProvider.class);

  private final FcmConfig config;
  private final Duration lease;
  private final int senders;
  private final FcmMessages messages;
  private final InstantSource clock;
  private @Nullable FcmConnection connection;
  private @Nullable ExecutorService pool;

  FirebaseProvider(FcmConfig config, DeliveryConfig delivery, Vault vault, InstantSource clock) {
    this.config = config;
    this.lease = delivery.lease();
    this.senders = delivery.batch();
    this.messages = new FcmMessages(vault, clock);
    this.clock = clock;
  }

  @Override
  public boolean isConfigured() {
    return config.credentials().isPresent();
  }

  @Override
  public String description() {
    return connection().description();
  }

  @Override
  public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
    return send("notice " + message.notice(), () -> messages.notice(message), lease);
  }

  @Override
  public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
    return send("a challenge", () -> messages.challenge(challenge), lease);
  }

  private Uni<DeliveryResult> send(String what, Supplier<Message> message, Lease lease) {
    return Uni.createFrom()
        .item(() -> sendNow(message.get(), lease))
        .runSubscriptionOn(pool())
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf(failure, "sending %s failed", what);
              return new DeliveryResult.TryLater("INTERNAL", Optional.empty());
            });
  }

  private DeliveryResult sendNow(Message message, Lease lease) {
    DeliveryResult first = attempt(message, lease);
    if (!(first instanceof DeliveryResult.ProviderRefused refused)
        || !refused.code().equals("UNAUTHENTICATED")) {
      return first;
    }
    // Our token may have been revoked: once a new one, still within the lease.
    try {
      connection().renewToken();
    } catch (IOException failure) {
      return refused;
    }
    return attempt(message, lease);
  }

  private DeliveryResult attempt(Message message, Lease lease) {
    FcmTransport transport = connection().transport();
    transport.hold(lease);
    try {
      return new DeliveryResult.Accepted(connection().messaging().send(message));
    } catch (FirebaseMessagingException failure) {
      return resultOf(failure);
    } finally {
      transport.release();
    }
  }

  private DeliveryResult resultOf(FirebaseMessagingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FcmTransport.LeaseOver) {
        return new DeliveryResult.NotSent();
      }
      if (cause instanceof FcmTransport.Refusal refusal) {
        HttpResponse<byte[]> answer = refusal.answer();
        return FcmErrors.resultOf(
            answer.statusCode(),
            answer.headers().firstValue("retry-after"),
            answer.body(),
            clock.instant());
      }
    }
    LOG.warnf("FCM cannot be reached: %s", failure.getMessage());
    return new DeliveryResult.TryLater("UNREACHABLE", Optional.empty());
  }

  private synchronized FcmConnection connection() {
    FcmConnection open = connection;
    if (open == null) {
      if (config.requestTimeout().multipliedBy(2).compareTo(lease) >= 0) {
        throw new IllegalStateException(
            "towncrier.fcm.request-timeout must be less than half of towncrier.delivery.lease");
      }
      open = FcmConnection.of(config);
      connection = open;
    }
    return open;
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

  @PreDestroy
  synchronized void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
    if (connection != null) {
      connection.close();
    }
  }
}
