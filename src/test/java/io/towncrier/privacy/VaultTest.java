package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.VersionKeys;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Under the keys that are derived from the master key. */
class VaultTest extends VaultContract {
  @Override
  VersionKeys keysOf(int number) {
    byte[] master = new byte[32];
    Arrays.fill(master, (byte) number);
    return FirstKeys.of(master);
  }

  /** These bytes were sealed, and hashed, by the release before there were versions. */
  @Test
  void whatTheReleaseBeforeHasSealedOpensAndWhatItHashedIsFound() {
    byte[] sealed =
        HexFormat.of()
            .parseHex(
                "01000102030405060708090a0b00e38dc7f798663c7134c8c295ea2e7a932a2363bc8b1fedd718c432965d789fa43cd3cf");
    Place place = new Place("device", "push_sealed", "dev_1");
    VersionKeys keys = keysOf(0);

    assertThat(new AesGcmVault(TestKeys.live(keys)).open(new Sealed(sealed), place))
        .isEqualTo(new Secret("a registration token"));
    assertThat(HexFormat.of().formatHex(keys.mac("account-subject", "alice")))
        .isEqualTo("31d4c1b25341a8fa1f22e14c7ca8779c816380c04ae2f773aa605f601c94a971");
    assertThat(HexFormat.of().formatHex(keys.mac("key-check", "towncrier")))
        .isEqualTo("127a3bf22985441a459d5f834a22a9dd8e75cde9d7a4d06c7731f45033049fa4");
  }
}
