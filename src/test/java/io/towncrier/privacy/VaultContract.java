package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.keys.VersionKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the vault and of the blind index, whichever keys are written. */
abstract class VaultContract {
  private static final Place HERE = new Place("device", "push_sealed", "dev_1");
  private static final Secret PLAIN = new Secret("a registration token");

  private final Vault vault = vaultWithKeyOf(1);

  /** Always the same keys for the same number. */
  abstract VersionKeys keysOf(int number);

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a registration token", "日本語 👩‍👩‍👧", "\u0000"})
  void whatIsSealedOpensAsItWas(String text) {
    Sealed sealed = vault.seal(new Secret(text), HERE);

    assertThat(vault.open(sealed, HERE)).isEqualTo(new Secret(text));
  }

  @Test
  void aLongValueOpensAsItWas() {
    Secret longest = new Secret("0123456789".repeat(10_000));

    assertThat(vault.open(vault.seal(longest, HERE), HERE)).isEqualTo(longest);
  }

  @Test
  void anotherProcessWithTheSameKeyOpensIt() {
    assertThat(vaultWithKeyOf(1).open(vault.seal(PLAIN, HERE), HERE)).isEqualTo(PLAIN);
  }

  @Test
  void anotherKeyDoesNotOpenIt() {
    assertDoesNotOpen(vaultWithKeyOf(2), vault.seal(PLAIN, HERE), HERE);
  }

  @ParameterizedTest
  @CsvSource({
    "device, push_sealed, dev_2",
    "device, identifier, dev_1",
    "account, push_sealed, dev_1",
    "device, push_sealed, ''"
  })
  void anotherPlaceDoesNotOpenIt(String table, String column, String row) {
    assertDoesNotOpen(vault, vault.seal(PLAIN, HERE), new Place(table, column, row));
  }

  @Test
  void thePartsOfAPlaceDoNotRunIntoOneAnother() {
    Sealed sealed = vault.seal(PLAIN, new Place("ab", "c", "d"));

    assertDoesNotOpen(vault, sealed, new Place("a", "bc", "d"));
    assertDoesNotOpen(vault, sealed, new Place("ab", "cd", ""));
  }

  @Test
  void noChangedByteGoesUnnoticed() {
    byte[] bytes = vault.seal(PLAIN, HERE).bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertDoesNotOpen(vault, new Sealed(changed), HERE);
    }
  }

  @Test
  void noPartOfItOpens() {
    byte[] bytes = vault.seal(PLAIN, HERE).bytes();
    for (int length = 0; length < bytes.length; length++) {
      assertDoesNotOpen(vault, new Sealed(Arrays.copyOf(bytes, length)), HERE);
    }
    assertDoesNotOpen(vault, new Sealed(Arrays.copyOf(bytes, bytes.length + 1)), HERE);
  }

  @Test
  void whatDoesNotOpenLeavesNothingBehindForTheNext() {
    Sealed sealed = vault.seal(PLAIN, HERE);
    assertDoesNotOpen(vault, sealed, new Place("device", "push_sealed", "dev_2"));

    assertThat(vault.open(sealed, HERE)).isEqualTo(PLAIN);
  }

  @Test
  void manyThreadsSealAndOpenAtOnce() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        Secret value = new Secret("value " + i);
        Place place = new Place("device", "push_sealed", "dev_" + i);
        all.add(threads.submit(() -> vault.open(vault.seal(value, place), place).equals(value)));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void noTwoSealsAreTheSame() {
    Set<Sealed> seals = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seals.add(vault.seal(PLAIN, HERE));
    }

    assertThat(seals).hasSize(200);
  }

  @Test
  void theValueDoesNotStandInItsSeal() {
    byte[] bytes = vault.seal(PLAIN, HERE).bytes();

    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("registration");
  }

  @Test
  void neitherTheValueNorItsSealShowsInALog() {
    assertThat(PLAIN).hasToString("[redacted]");
    assertThat(vault.seal(PLAIN, HERE)).hasToString("[sealed]");
  }

  @Test
  void aFailureDoesNotNameTheRow() {
    Sealed sealed = vault.seal(PLAIN, HERE);
    Place elsewhere = new Place("device", "push_sealed", "dev_2");

    assertThatThrownBy(() -> vault.open(sealed, elsewhere))
        .hasMessageContaining("device.push_sealed")
        .hasMessageNotContaining("dev_2");
  }

  @Test
  void aSealCannotBeChangedFromOutside() {
    Sealed sealed = vault.seal(PLAIN, HERE);
    sealed.bytes()[20] ^= 1;

    assertThat(vault.open(sealed, HERE)).isEqualTo(PLAIN);
  }

  @Test
  void aBlindIndexIsTheSameForTheSameValueAndPurposeOnly() {
    BlindIndex index = new BlindIndex(TestKeys.live(keysOf(1)));
    byte[] known = index.of("device-identifier", PLAIN);

    assertThat(known).isEqualTo(index.of("device-identifier", PLAIN));
    assertThat(index.all("device-identifier", PLAIN).all()).hasSize(1).first().isEqualTo(known);
    assertThat(index.matches("device-identifier", PLAIN, known)).isTrue();
    assertThat(index.matches("device-identifier", new Secret("another"), known)).isFalse();
    assertThat(index.matches("device-secret", PLAIN, known)).isFalse();
    assertThat(new BlindIndex(TestKeys.live(keysOf(2))).matches("device-identifier", PLAIN, known))
        .isFalse();
  }

  private static void assertDoesNotOpen(Vault vault, Sealed sealed, Place place) {
    assertThatThrownBy(() -> vault.open(sealed, place))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining(PLAIN.reveal());
  }

  private Vault vaultWithKeyOf(int number) {
    return new AesGcmVault(TestKeys.live(keysOf(number)));
  }
}
