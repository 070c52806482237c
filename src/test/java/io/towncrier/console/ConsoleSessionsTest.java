package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.auth.SessionCredentials.SignedIn;
import io.towncrier.privacy.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleSessionsTest {
  private static final Instant BEGIN = Instant.parse("2026-05-04T08:00:00Z");
  private static final String MARK = "mark-of-the-token";

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final InMemory store = new InMemory();
  private boolean tokenCounts = true;
  private final SessionLife life =
      new SessionLife(store, now::get, mark -> tokenCounts && mark.equals(MARK));

  private final byte[] written = {1, 2, 3};
  private Indexes id = Indexes.only(written);

  @Test
  void whoUsesItStaysForEightHoursAndNoLonger() {
    open();
    for (int minutes = 0; minutes < 8 * 60; minutes += 20) {
      assertThat(caller(false)).contains(new SignedIn("olga", "operator", true));
      pass(Duration.ofMinutes(20));
    }
    assertThat(caller(false)).isEmpty();
  }

  @Test
  void itEndsAfterThirtyMinutesInWhichNobodyUsesIt() {
    open();
    pass(Duration.ofMinutes(29));
    assertThat(caller(false)).isPresent();
    pass(Duration.ofMinutes(30));
    assertThat(caller(false)).isEmpty();
  }

  @Test
  void aTimerOfThePageIsServedAndKeepsNothingAlive() {
    open();
    for (int minutes = 0; minutes < 29; minutes++) {
      assertThat(caller(true)).isPresent();
      pass(Duration.ofMinutes(1));
    }
    assertThat(store.writes).isZero();
    pass(Duration.ofMinutes(1));
    assertThat(caller(true)).isEmpty();
  }

  @Test
  void aUseIsWrittenOnceAMinuteAtMost() {
    open();
    for (int seconds = 0; seconds < 300; seconds++) {
      caller(false);
      pass(Duration.ofSeconds(1));
    }
    assertThat(store.writes).isEqualTo(4);
  }

  @Test
  void itIsLookedUpOnceInFiveSecondsAndRevokedAsSoon() {
    open();
    caller(false);
    caller(false);
    assertThat(store.reads).isEqualTo(1);
    store.sessions.clear();
    assertThat(caller(false)).isPresent();
    pass(Duration.ofSeconds(5));
    assertThat(caller(false)).isEmpty();
  }

  @Test
  void signingOutHoldsAtOnce() {
    open();
    caller(false);
    life.end(id).await().indefinitely();
    assertThat(caller(false)).isEmpty();
  }

  @Test
  void aRotationOfTheKeysEndsNoSessionAndHidesNoneFromTheSignOut() {
    open();
    caller(false);
    id = new Indexes(List.of(new byte[] {4, 5, 6}, written));
    assertThat(caller(false)).isPresent();
    pass(Duration.ofMinutes(20));
    assertThat(caller(false)).isPresent();
    pass(Duration.ofMinutes(20));
    assertThat(caller(false)).isPresent();
    life.end(id).await().indefinitely();
    assertThat(store.sessions).isEmpty();
    assertThat(caller(false)).isEmpty();
    id = Indexes.only(written);
    assertThat(caller(false)).isEmpty();
  }

  @Test
  void itEndsWithTheTokenThatOpenedIt() {
    open();
    assertThat(caller(false)).isPresent();
    tokenCounts = false;
    assertThat(caller(false)).isEmpty();
  }

  private void open() {
    life.open(written, new SignedIn("olga", "operator", true), MARK).await().indefinitely();
  }

  private Optional<SignedIn> caller(boolean byTimer) {
    return life.callerOf(id, byTimer).await().indefinitely();
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private static final class InMemory implements SessionStore {
    private final Map<String, Session> sessions = new HashMap<>();
    private int reads;
    private int writes;

    @Override
    public Uni<Void> add(byte[] hash, Session session) {
      sessions.put(Arrays.toString(hash), session);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<Session>> find(Indexes hashes) {
      reads++;
      return Uni.createFrom().item(keys(hashes).map(sessions::get).findFirst());
    }

    @Override
    public Uni<Void> used(Indexes hashes, Instant at) {
      writes++;
      keys(hashes).forEach(key -> sessions.computeIfPresent(key, (same, s) -> s.usedAt(at)));
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> remove(Indexes hashes) {
      keys(hashes).toList().forEach(sessions::remove);
      return Uni.createFrom().voidItem();
    }

    /** Of those that are kept. */
    private Stream<String> keys(Indexes hashes) {
      return hashes.all().stream().map(Arrays::toString).filter(sessions::containsKey);
    }
  }
}
