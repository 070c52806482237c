package io.towncrier.delivery.fcm;

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
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends many messages at a time over a few HTTP/2 connections (docs/adr/0016). */
@ApplicationScoped
class FcmProvider implements PushProvider, CallsBack {
  private final FcmConfig config;
  private final DeliveryConfig delivery;
  private final PhoneKeys keys;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Vertx vertx;
  private @Nullable Open open;

  FcmProvider(
      FcmConfig config,
      DeliveryConfig delivery,
      PhoneKeys keys,
      Secrets secrets,
      InstantSource clock,
      Vertx vertx) {
    this.config = config;
    this.delivery = delivery;
    this.keys = keys;
    this.secrets = secrets;
    this.clock = clock;
    this.vertx = vertx;
  }

  @Override
  public boolean isConfigured() {
    return config.credentials().isPresent();
  }

  @Override
  public String description() {
    return "fcm (%s at %s)".formatted(open().accounts.description(), config.endpoint().getHost());
  }

  @Override
  public AccountId account() {
    return open().accounts.id();
  }

  @Override
  public Optional<String> defect() {
    return open().accounts.defect();
  }

  @Override
  public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
    return send(bytes -> bytes.notice(message), lease);
  }

  @Override
  public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
    return send(bytes -> bytes.challenge(challenge), lease);
  }

  /** FCM takes no message back: the kit obeys one more. */
  @Override
  public Uni<RecallOutcome> recall(Recall recall, Lease lease) {
    PushAddress to = recall.address().orElseThrow();
    return send(bytes -> bytes.recall(recall, to), lease).map(RecallOutcome::of);
  }

  @Override
  public boolean callsBackTogether() {
    return true;
  }

  private Uni<DeliveryResult> send(Function<MessageBytes, Buffer> body, Lease lease) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Open to = open();
              @Nullable Context caller = Vertx.currentContext();
              to.line
                  .loop()
                  .runOnContext(
                      started ->
                          new FcmCall(to.line, () -> body.apply(to.bytes), lease)
                              .start()
                              .onSuccess(
                                  result -> {
                                    if (caller == null) {
                                      emitter.complete(result);
                                    } else {
                                      caller.runOnContext(back -> emitter.complete(result));
                                    }
                                  }));
            });
  }

  private synchronized Open open() {
    Open to = open;
    if (to == null) {
      requireShort(config.requestTimeout(), delivery.lease());
      AccountFile<ServiceAccount> accounts = ServiceAccount.in(config, secrets, clock);
      to =
          new Open(
              accounts,
              FcmLine.of(config, accounts, clock, ((VertxInternal) vertx).createEventLoopContext()),
              new MessageBytes(keys, clock));
      open = to;
    }
    return to;
  }

  /** A claim must have time left to send when it has been read, and a send repeats one 401. */
  static void requireShort(Duration requestTimeout, Duration lease) {
    if (requestTimeout.multipliedBy(2).compareTo(lease) >= 0) {
      throw new IllegalStateException(
          "towncrier.fcm.request-timeout must be less than half of towncrier.delivery.lease");
    }
  }

  @PreDestroy
  synchronized void close() {
    if (open != null) {
      open.line.streams().close();
    }
  }

  /** What is made at the first use. */
  private record Open(AccountFile<ServiceAccount> accounts, FcmLine line, MessageBytes bytes) {}
}
