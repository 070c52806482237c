package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under keysets of Tink, and under two versions at a time. */
class TinkVaultTest extends VaultContract {
  private static final int VERSION = 2;
  private static final Place PLACE = new Place("account", "subject_sealed", "acc_1");
  private static final Secret SUBJECT = new Secret("alice");
  private static final TinkKeysets KEYSETS = new TinkKeysets();
  private static final Map<Integer, byte[]> MADE = new ConcurrentHashMap<>();

  @Override
  VersionKeys keysOf(int number) {
    return KEYSETS.open(VERSION, MADE.computeIfAbsent(number, n -> KEYSETS.generate(VERSION)));
  }

  @Test
  void sealedBytesBeginWithOurFormatThenWithTinksPrefixAndTheVersion() {
    byte[] sealed = new AesGcmVault(TestKeys.live(keysOf(1))).seal(SUBJECT, PLACE).bytes();

    assertThat(Arrays.copyOf(sealed, 6)).containsExactly(2, 1, 0, 0, 0, VERSION);
    assertThat(SealedForm.version(sealed)).isEqualTo(VERSION);
    assertThat(sealed).hasSize(6 + 12 + SUBJECT.reveal().length() + 16);
    assertThat(Arrays.copyOf(keysOf(1).mac("purpose", "text"), 5)).containsExactly(1, 0, 0, 0, 2);
    assertThat(keysOf(1).mac("purpose", "text")).hasSize(37);
  }

  @Test
  void whileTwoVersionsLiveBothAreReadAndOneIsWritten() {
    VersionKeys before = FirstKeys.of(new byte[32]);
    Sealed old = new AesGcmVault(TestKeys.live(before)).seal(SUBJECT, PLACE);
    byte[] hashed = new BlindIndex(TestKeys.live(before)).of("account-subject", SUBJECT);

    Vault both = new AesGcmVault(TestKeys.live(keysOf(1), before));
    BlindIndex index = new BlindIndex(TestKeys.live(keysOf(1), before));

    assertThat(both.open(old, PLACE)).isEqualTo(SUBJECT);
    assertThat(SealedForm.version(both.seal(SUBJECT, PLACE).bytes())).isEqualTo(VERSION);
    assertThat(index.matches("account-subject", SUBJECT, hashed)).isTrue();
    Indexes all = index.all("account-subject", SUBJECT);
    assertThat(all.written()).isEqualTo(index.of("account-subject", SUBJECT)).hasSize(37);
    assertThat(all.others()).hasSize(1).first().isEqualTo(hashed);
    assertThat(all.contain(hashed)).isTrue();
    assertThat(all.contain(new byte[32])).isFalse();
  }

  @Test
  void aVersionThatIsNotHereIsNamed() {
    Sealed ofTwo = new AesGcmVault(TestKeys.live(keysOf(1))).seal(SUBJECT, PLACE);
    byte[] ofNine = ofTwo.bytes();
    ofNine[5] = 9;

    Vault first = new AesGcmVault(TestKeys.live(FirstKeys.of(new byte[32])));
    assertThatThrownBy(() -> first.open(ofTwo, PLACE))
        .hasMessageContaining("account.subject_sealed is of version 2")
        .hasMessageNotContaining("acc_1");
    Vault second = new AesGcmVault(TestKeys.live(keysOf(1)));
    assertThatThrownBy(() -> second.open(new Sealed(ofNine), PLACE))
        .hasMessageContaining("is of version 9");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 40, 100})
  void keysetsThatWereCutDoNotOpen(int length) {
    byte[] cut = Arrays.copyOf(KEYSETS.generate(VERSION), length);
    assertThatThrownBy(() -> KEYSETS.open(VERSION, cut))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
