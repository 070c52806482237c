package io.towncrier.console;

import io.smallrye.mutiny.Uni;
import io.towncrier.console.SessionStore.Session;
import io.towncrier.platform.auth.SessionCredentials.SignedIn;
import io.towncrier.privacy.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How long a session counts. It ends when it was idle for 30 minutes, after 8 hours, with sign-out,
 * and when the credential that opened it counts no more. A process remembers what it has looked up
 * for 5 seconds.
 */
final class SessionLife {
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration LONGEST = Duration.ofHours(8);
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final Duration RENEWED = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 1000;

  private final SessionStore store;
  private final InstantSource clock;
  private final Predicate<String> counts;
  private final Map<String, Known> known = new LinkedHashMap<>();

  /**
   * Nobody is remembered yet.
   *
   * @param counts whether the credential of this mark counts still
   */
  SessionLife(SessionStore store, InstantSource clock, Predicate<String> counts) {
    this.store = store;
    this.clock = clock;
    this.counts = counts;
  }

  Uni<Void> open(byte[] hash, SignedIn caller, String mark) {
    Instant now = clock.instant();
    return store.add(
        hash, new Session(caller.name(), caller.role(), caller.multiFactor(), mark, now, now));
  }

  Uni<Void> end(Indexes hashes) {
    synchronized (known) {
      hashes.all().forEach(hash -> known.remove(key(hash)));
    }
    return store.remove(hashes);
  }

  Uni<Optional<SignedIn>> callerOf(Indexes hashes, boolean byTimer) {
    Instant now = clock.instant();
    return lookUp(hashes, now)
        .chain(
            found -> {
              Optional<Session> live = found.filter(session -> isLive(session, now));
              Optional<SignedIn> caller =
                  live.map(s -> new SignedIn(s.operator(), s.role(), s.multiFactor()));
              boolean renew =
                  !byTimer && live.filter(s -> s.usedAt().plus(RENEWED).isBefore(now)).isPresent();
              return renew
                  ? renew(hashes, live.orElseThrow(), now).replaceWith(caller)
                  : Uni.createFrom().item(caller);
            });
  }

  private boolean isLive(Session session, Instant now) {
    return counts.test(session.mark())
        && now.isBefore(session.openedAt().plus(LONGEST))
        && now.isBefore(session.usedAt().plus(IDLE));
  }

  private Uni<Optional<Session>> lookUp(Indexes hashes, Instant now) {
    Known last;
    synchronized (known) {
      last = known.get(key(hashes.written()));
    }
    if (last != null && now.isBefore(last.at().plus(REMEMBERED))) {
      return Uni.createFrom().item(Optional.of(last.session()));
    }
    return store
        .find(hashes)
        .invoke(found -> found.ifPresent(session -> remember(hashes, session, now)));
  }

  private Uni<Void> renew(Indexes hashes, Session session, Instant now) {
    remember(hashes, session.usedAt(now), now);
    return store.used(hashes, now);
  }

  private void remember(Indexes hashes, Session session, Instant at) {
    synchronized (known) {
      // Sessions are few; where they are not, those that were looked up first are looked up again.
      if (known.size() >= MOST_REMEMBERED) {
        known.clear();
      }
      known.put(key(hashes.written()), new Known(session, at));
    }
  }

  private static String key(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private record Known(Session session, Instant at) {}
}
