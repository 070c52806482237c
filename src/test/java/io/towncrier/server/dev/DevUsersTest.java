package io.towncrier.server.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.LocalCredentials.Caller;
import io.towncrier.platform.auth.Roles;
import io.towncrier.privacy.TestKeys;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DevUsersTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final DevUsers users = at(NOW);

  @Test
  void aMintedTokenStandsForItsUserAndNoOperator() {
    assertThat(users.callerOf(users.tokenFor("älice@example.com")))
        .contains(new Caller("älice@example.com", Roles.USER, "dev"));
  }

  /** A new data directory writes with version 2; what the first keys made is read there too. */
  @Test
  void aTokenOfEachVersionOfTheKeysIsRead() {
    VersionKeys first = FirstKeys.of(new byte[32]);
    TinkKeysets tink = new TinkKeysets();
    VersionKeys second = tink.open(2, tink.generate(2));
    DevUsers later = with(second, first);
    assertThat(later.callerOf(users.operatorToken()))
        .contains(new Caller("dev-operator", Roles.OPERATOR, "dev"));
    assertThat(later.callerOf(later.operatorToken()))
        .contains(new Caller("dev-operator", Roles.OPERATOR, "dev"));
    assertThat(later.callerOf(later.tokenFor("alice")))
        .contains(new Caller("alice", Roles.USER, "dev"));
    assertThat(users.callerOf(later.operatorToken())).isEmpty();
  }

  @Test
  void aTokenEndsAfterTwelveHours() {
    Secret token = users.tokenFor("alice");
    assertThat(at(NOW.plus(Duration.ofHours(12)).minusSeconds(1)).callerOf(token)).isPresent();
    assertThat(at(NOW.plus(Duration.ofHours(12))).callerOf(token)).isEmpty();
  }

  @Test
  void aTokenThatWasChangedIsNobodys() {
    String token = users.tokenFor("alice").reveal();
    String other = users.tokenFor("bob").reveal();
    String[] parts = token.split("\\.");
    String[] others = other.split("\\.");
    for (String forged :
        new String[] {
          "",
          "usr",
          token + "x",
          token.substring(1),
          String.join(".", parts[0], others[1], parts[2], parts[3]),
          String.join(".", parts[0], parts[1], "99999999999", parts[3]),
          String.join(".", parts[0], parts[1], parts[2], "A".repeat(43)),
          String.join(".", parts[0], "*", parts[2], parts[3])
        }) {
      assertThat(users.callerOf(new Secret(forged))).as(forged).isEmpty();
    }
  }

  private static DevUsers with(VersionKeys... keys) {
    return new DevUsers(TestKeys.blindIndex(keys), InstantSource.fixed(NOW));
  }

  private static DevUsers at(Instant now) {
    return new DevUsers(TestKeys.blindIndex(), InstantSource.fixed(now));
  }
}
