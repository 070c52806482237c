package io.towncrier.delivery.getui;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.credentials.AccountFile;
import io.towncrier.delivery.getui.GetuiHttp.Outcome;
import io.towncrier.platform.ForgottenCase;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token of an app: one fetch for all who wait, kept until shortly before its end. Getui takes a
 * hundred fetches a minute of all instances together. Everything happens on one event loop.
 */
final class GetuiTokens {
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  // After a fetch ahead of time that failed; the token of before is good until its end.
  private static final Duration PAUSE = Duration.ofSeconds(10);
  // One a day is usual; ten instances in trouble still keep to Getui's bound.
  private static final int MOST_A_MINUTE = 10;
  private static final DeliveryResult LATER =
      new DeliveryResult.TryLater("NO_TOKEN", Optional.empty(), false);

  private final AccountFile<GetuiAccount> accounts;
  private final GetuiHttp http;
  private final InstantSource clock;
  private final Context loop;
  private final Deque<Instant> fetches = new ArrayDeque<>();
  private @Nullable Pass pass;
  private @Nullable Future<Ticket> fetching;
  private Instant notBefore = Instant.MIN;
  private Instant notAheadBefore = Instant.MIN;

  GetuiTokens(
      AccountFile<GetuiAccount> accounts, GetuiHttp http, InstantSource clock, Context loop) {
    this.accounts = accounts;
    this.http = http;
    this.clock = clock;
    this.loop = loop;
  }

  /** What the next request takes along. */
  Future<Ticket> current() {
    Pass held = pass;
    Instant now = clock.instant();
    if (held == null || !now.isBefore(held.end())) {
      return fetch(now);
    }
    if (!now.isBefore(held.end().minus(AHEAD)) && !now.isBefore(notAheadBefore)) {
      notAheadBefore = now.plus(PAUSE);
      fetch(now);
    }
    return Future.succeededFuture(held);
  }

  /** In place of one that Getui refused; however many requests were refused with it. */
  Future<Ticket> insteadOf(Pass refused) {
    if (refused.equals(pass)) {
      pass = null;
    }
    return current();
  }

  private Future<Ticket> fetch(Instant now) {
    Future<Ticket> under = fetching;
    if (under != null) {
      return under;
    }
    Optional<Duration> wait = waitUntilAllowed(now);
    if (wait.isPresent()) {
      return Future.succeededFuture(new None(new DeliveryResult.TryLater("NO_TOKEN", wait, false)));
    }
    fetches.add(now);
    Future<Ticket> started =
        loop.executeBlocking(accounts::current, false)
            .compose(
                found ->
                    found.isPresent()
                        ? ask(found.get())
                        : Future.succeededFuture(new None(accounts.meanwhile())));
    fetching = started;
    return started.onComplete(
        done -> {
          fetching = null;
          if (done.result() instanceof Pass fetched) {
            pass = fetched;
          }
        });
  }

  private Optional<Duration> waitUntilAllowed(Instant now) {
    if (now.isBefore(notBefore)) {
      return Optional.of(Duration.between(now, notBefore));
    }
    while (!fetches.isEmpty() && !fetches.peek().plus(MINUTE).isAfter(now)) {
      fetches.remove();
    }
    return fetches.size() < MOST_A_MINUTE
        ? Optional.empty()
        : Optional.of(Duration.between(now, fetches.element().plus(MINUTE)));
  }

  private Future<Ticket> ask(GetuiAccount account) {
    long now = clock.millis();
    JsonObject body =
        new JsonObject()
            .put("sign", account.sign(now))
            .put("timestamp", Long.toString(now))
            .put("appkey", account.appKey());
    GetuiHttp.Content content =
        new GetuiHttp.Content("/v2/" + account.appId() + "/auth", body.toBuffer());
    return http.exchange(Optional.empty(), () -> Optional.of(content))
        .map(outcome -> read(account, outcome));
  }

  private Ticket read(GetuiAccount account, Outcome outcome) {
    if (outcome instanceof Outcome.NotWritten || outcome instanceof Outcome.Lost) {
      return new None(LATER);
    }
    if (outcome instanceof Outcome.Answered answered) {
      JsonNode root = GetuiAnswers.json(answered.body());
      int code = root.path("code").asInt(-1);
      if (answered.status() == GetuiAnswers.OK && code == 0) {
        return pass(account, root.path("data"));
      }
      return new None(refusal(account, answered.status(), code));
    }
    throw new ForgottenCase(outcome);
  }

  private Ticket pass(GetuiAccount account, JsonNode data) {
    String token = data.path("token").asText("");
    long end = data.path("expire_time").asLong();
    return token.isEmpty() || end == 0
        ? new None(LATER)
        : new Pass(account.appId(), token, Instant.ofEpochMilli(end));
  }

  private DeliveryResult refusal(GetuiAccount account, int status, int code) {
    if (code == GetuiAnswers.WRONG_DATA_CENTRE) {
      return GetuiAnswers.ELSEWHERE;
    }
    if (code == GetuiAnswers.TOO_MANY_TOKENS) {
      notBefore = clock.instant().plus(MINUTE);
      return new DeliveryResult.TryLater(GetuiAnswers.name(code), Optional.of(MINUTE), false);
    }
    if (code == GetuiAnswers.BLACK_LISTED) {
      return new DeliveryResult.ProviderRefused(GetuiAnswers.name(code));
    }
    // Without a code somebody else answered, such as a proxy with a page of its own.
    return status / 100 == 4 && code > 0 ? accounts.refused(account) : LATER;
  }

  /** Getui refuses more fetches: there is none until then. */
  void pause() {
    notBefore = clock.instant().plus(MINUTE);
  }

  /** Whether a request may go. */
  sealed interface Ticket {}

  /** It may. */
  record Pass(String appId, String token, Instant end) implements Ticket {
    @Override
    public String toString() {
      return "token of " + appId;
    }
  }

  /** It may not. */
  record None(DeliveryResult why) implements Ticket {}
}
