package io.towncrier.delivery.getui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.credentials.AccountFile;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.delivery.recall.CallsBack;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.delivery.recall.RecallOutcome;
import io.towncrier.delivery.vendors.QuotaAnswer;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends by Getui's REST API v2, many messages in a request (docs/adr/0061). */
@ApplicationScoped
class GetuiProvider implements PushProvider, CallsBack {
  private final GetuiConfig config;
  private final DeliveryConfig delivery;
  private final PhoneKeys keys;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Vertx vertx;
  private @Nullable Open open;

  GetuiProvider(
      GetuiConfig config,
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
  public String name() {
    return PushAddress.Kind.CID.provider();
  }

  @Override
  public String description() {
    return "getui (%s at %s)".formatted(open().accounts.description(), config.endpoint().getHost());
  }

  @Override
  public AccountId account() {
    return open().accounts.id();
  }

  @Override
  public OptionalLong quotaPerMinute() {
    return OptionalLong.of(config.quotaPerMinute());
  }

  @Override
  public Optional<String> defect() {
    return open().accounts.defect();
  }

  /**
   * The account by which receipts are checked; empty while its file is of no use. Reads files: not
   * for an event loop.
   */
  Optional<GetuiAccount> credentials() {
    return isConfigured() ? open().accounts.current() : Optional.empty();
  }

  @Override
  public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
    return send(
        message.address(),
        cid -> open().messages.notice(message, form -> keys.mac(message.deviceId(), form), cid),
        // One that met no answer of its own in a batch gets one.
        message.attempt().failed() > 0,
        lease);
  }

  @Override
  public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
    return send(challenge.address(), cid -> open().messages.challenge(challenge, cid), true, lease);
  }

  /** By the name that Getui gave the push. A push that Getui did not answer has no name. */
  @Override
  public Uni<RecallOutcome> recall(Recall recall, Lease lease) {
    return recall
        .pushes()
        .get(0)
        .task()
        .map(
            task ->
                send(
                        recall.address().orElseThrow(),
                        cid -> open().messages.recall(recall, Ids.next("rcl"), task, cid),
                        // A task that Getui does not know must refuse no push beside it.
                        true,
                        lease)
                    .map(RecallOutcome::of))
        .orElseGet(() -> Uni.createFrom().item(new RecallOutcome.CouldNot("no-task")));
  }

  @Override
  public boolean callsBackTogether() {
    return false;
  }

  private Uni<DeliveryResult> send(
      PushAddress address, Function<Secret, ObjectNode> message, boolean alone, Lease lease) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Open to = open();
              @Nullable Context caller = Vertx.currentContext();
              Secret cid = keys.open(address);
              String json = message.apply(cid).toString();
              Promise<DeliveryResult> result = Promise.promise();
              result.future().onSuccess(outcome -> back(caller, () -> emitter.complete(outcome)));
              to.loop.runOnContext(
                  started -> to.sender.send(new GetuiCall(cid, json, alone, lease, result)));
            });
  }

  @Override
  public boolean tellsQuotas() {
    return true;
  }

  @Override
  public Uni<QuotaAnswer> quotas() {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Open to = open();
              @Nullable Context caller = Vertx.currentContext();
              to.loop.runOnContext(
                  started ->
                      to.quotas
                          .ask()
                          .onSuccess(answer -> back(caller, () -> emitter.complete(answer)))
                          .onFailure(failure -> back(caller, () -> emitter.fail(failure))));
            });
  }

  private static void back(@Nullable Context caller, Runnable told) {
    if (caller == null) {
      told.run();
    } else {
      caller.runOnContext(back -> told.run());
    }
  }

  private synchronized Open open() {
    Open to = open;
    if (to == null) {
      GetuiHttp.requireSafe(config.endpoint());
      if (config.requestTimeout().multipliedBy(2).compareTo(delivery.lease()) >= 0) {
        throw new IllegalStateException(
            "towncrier.getui.request-timeout must be less than half of towncrier.delivery.lease");
      }
      AccountFile<GetuiAccount> accounts = GetuiAccount.in(config, secrets, clock);
      Context loop = ((VertxInternal) vertx).createEventLoopContext();
      GetuiHttp http = new GetuiHttp(config, loop);
      GetuiTokens tokens = new GetuiTokens(accounts, http, clock, loop);
      to =
          new Open(
              loop,
              accounts,
              new GetuiMessages(config),
              http,
              new GetuiSender(config, http, tokens, clock, loop),
              new GetuiQuotas(http, tokens, clock));
      open = to;
    }
    return to;
  }

  @PreDestroy
  synchronized void close() {
    if (open != null) {
      open.http.close();
    }
  }

  /** What is made at the first use. */
  private record Open(
      Context loop,
      AccountFile<GetuiAccount> accounts,
      GetuiMessages messages,
      GetuiHttp http,
      GetuiSender sender,
      GetuiQuotas quotas) {}
}
