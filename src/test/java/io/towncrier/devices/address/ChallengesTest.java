package io.towncrier.devices.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.TestKeys;
import io.towncrier.privacy.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChallengesTest {
  private static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final Challenges challenges =
      new Challenges(new Readable(), TestKeys.blindIndex(), new TwoMinutes());

  @Test
  void onlyWhatWasPushedIsTheAnswer() {
    Challenges.Draft one = draft("address");
    Challenges.Draft other = draft("address");
    assertThat(challenges.isAnswer(one.proof(), one.nonce())).isTrue();
    assertThat(challenges.isAnswer(one.proof(), other.nonce())).isFalse();
    assertThat(challenges.isAnswer(one.proof(), new Secret(""))).isFalse();
  }

  @Test
  void itEndsInTimeAndTheProviderMayHoldItForHalfOfThat() {
    Challenges.Draft draft = draft("address");
    assertThat(draft.proof().expiresAt()).isEqualTo(NOW.plusSeconds(120));
    assertThat(draft.proof().triesLeft()).isEqualTo(3);
    assertThat(challenges.message(draft).ttl()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theAddressIsSealedForTheDeviceAndFoundByItsHash() {
    AddressStore.Proof proof = draft("address").proof();
    assertThat(new String(proof.address().sealed().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("device.push_sealed " + DEVICE + " address");
    assertThat(proof.index().written()).isEqualTo(draft("address").proof().index().written());
    assertThat(proof.index().written()).isNotEqualTo(draft("another").proof().index().written());
  }

  private Challenges.Draft draft(String address) {
    return challenges.draft(DEVICE, "fcm", PushAddress.Kind.TOKEN, new Secret(address), NOW);
  }

  /** Shows what would be sealed, and where. */
  private static final class Readable implements Vault {
    @Override
    public Sealed seal(Secret plain, Place place) {
      String text = place.table() + "." + place.column() + " " + place.row() + " " + plain.reveal();
      return new Sealed(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Secret open(Sealed sealed, Place place) {
      throw new IllegalStateException("only the sender opens an address");
    }
  }

  private static final class TwoMinutes implements DevicesConfig {
    @Override
    public Duration challengeLife() {
      return Duration.ofMinutes(2);
    }

    @Override
    public int challengeTries() {
      return 3;
    }

    @Override
    public int challengesAnHour() {
      throw new IllegalStateException("not asked here");
    }

    @Override
    public Duration staleAfter() {
      throw new IllegalStateException("not asked here");
    }

    @Override
    public Duration pruneAfter() {
      throw new IllegalStateException("not asked here");
    }

    @Override
    public boolean gatherSeen() {
      throw new IllegalStateException("not asked here");
    }

    @Override
    public Registration registration() {
      throw new IllegalStateException("not asked here");
    }
  }
}
