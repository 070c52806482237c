package io.towncrier.delivery.fcm;

import com.google.auth.oauth2.AccessToken;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.credentials.AccountFile;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access token: fetched ahead of its end, by a worker thread, one at a time. Everything else
 * happens on one event loop.
 */
final class AccessTokens {
  private static final Duration AHEAD = Duration.ofMinutes(5);
  // After a fetch ahead of time that failed; the token of before is good until its end.
  private static final Duration PAUSE = Duration.ofSeconds(10);
  // RFC 6749 section 5.1 lets an endpoint leave the life out; an hour is Google's.
  private static final Duration USUAL_LIFE = Duration.ofHours(1);

  private final AccountFile<ServiceAccount> accounts;
  private final InstantSource clock;
  private final Context loop;
  private @Nullable Pass pass;
  private @Nullable Future<Ticket> fetching;
  private Instant notBefore = Instant.MIN;

  AccessTokens(AccountFile<ServiceAccount> accounts, InstantSource clock, Context loop) {
    this.accounts = accounts;
    this.clock = clock;
    this.loop = loop;
  }

  /** What the next message takes along. */
  Future<Ticket> current() {
    Pass held = pass;
    Instant now = clock.instant();
    if (held == null || !now.isBefore(held.end)) {
      return fetch();
    }
    if (!now.isBefore(held.renewFrom) && !now.isBefore(notBefore)) {
      notBefore = now.plus(PAUSE);
      fetch();
    }
    return held.itself;
  }

  /** In place of one that FCM refused; however many messages were refused with it. */
  Future<Ticket> insteadOf(Pass refused) {
    if (pass == refused) {
      pass = null;
    }
    return current();
  }

  private Future<Ticket> fetch() {
    Future<Ticket> under = fetching;
    if (under != null) {
      return under;
    }
    Future<Ticket> started = loop.executeBlocking(this::fetchNow, false);
    fetching = started;
    return started.onComplete(
        done -> {
          fetching = null;
          if (done.result() instanceof Pass fetched) {
            pass = fetched;
          }
        });
  }

  private Ticket fetchNow() {
    Optional<ServiceAccount> account = accounts.current();
    if (account.isEmpty()) {
      return new None(accounts.meanwhile());
    }
    try {
      return pass(account.get().project(), account.get().credentials().refreshAccessToken());
    } catch (IOException failure) {
      return new None(
          TokenFailures.resultOf(failure, accounts, account.get()).orElse(TokenFailures.LATER));
    }
  }

  private Pass pass(String project, AccessToken token) {
    Instant now = clock.instant();
    Date expiration = token.getExpirationTime();
    Instant end = expiration == null ? now.plus(USUAL_LIFE) : expiration.toInstant();
    Duration quarter = Duration.between(now, end).dividedBy(4);
    Duration ahead = quarter.compareTo(AHEAD) < 0 ? quarter : AHEAD;
    return new Pass(project, "Bearer " + token.getTokenValue(), end, end.minus(ahead));
  }

  /** Whether a message may go. */
  sealed interface Ticket {}

  /** It may. */
  static final class Pass implements Ticket {
    private final String project;
    private final String authorization;
    private final Instant end;
    private final Instant renewFrom;
    private final Future<Ticket> itself = Future.succeededFuture(this);

    private Pass(String project, String authorization, Instant end, Instant renewFrom) {
      this.project = project;
      this.authorization = authorization;
      this.end = end;
      this.renewFrom = renewFrom;
    }

    String project() {
      return project;
    }

    /** The value of the header. */
    String authorization() {
      return authorization;
    }
  }

  /** It may not. */
  record None(DeliveryResult why) implements Ticket {}
}
