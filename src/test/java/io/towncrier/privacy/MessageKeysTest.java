package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageKeysTest {
  private static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";
  private static final VersionKeys FIRST = FirstKeys.of(new byte[32]);

  @Test
  void theKeyIsThatOfHkdf() {
    MessageKey key = TestKeys.messageKeys().of(DEVICE);
    assertThat(key.generation()).isEqualTo(1);
    // By another program.
    assertThat(key.text().reveal()).isEqualTo("iOhHA1zpEvsWcTEYecYJqzfK72yIQ7Ey0Z5_AAaRJt4");
  }

  @Test
  void itIsTheSameEachTimeAndAnotherForEachDeviceAndVersion() {
    VersionKeys second = made(2);
    MessageKeys now = TestKeys.messageKeys(second, FIRST);
    assertThat(now.of(DEVICE).generation()).isEqualTo(2);
    assertThat(now.all(DEVICE)).extracting(MessageKey::generation).containsExactly(2, 1);
    assertThat(now.all(DEVICE).get(1).bytes()).isEqualTo(TestKeys.messageKeys().of(DEVICE).bytes());
    assertThat(now.of(DEVICE).bytes()).hasSize(32).isEqualTo(now.of(DEVICE).bytes());
    assertThat(
            Stream.of(
                now.of(DEVICE),
                now.of(DEVICE + "x"),
                now.of(""),
                TestKeys.messageKeys().of(DEVICE),
                TestKeys.messageKeys(made(2)).of(DEVICE)))
        .extracting(key -> key.text().reveal())
        .doesNotHaveDuplicates();
  }

  @Test
  void itIsNoHashThatStandsInTheDatabase() {
    byte[] key = TestKeys.messageKeys().of(DEVICE).bytes();
    for (String purpose : new String[] {"device-secret", "identifier", "push-challenge"}) {
      assertThat(FIRST.mac(purpose, DEVICE + "\n1\u0001")).isNotEqualTo(key);
    }
  }

  @Test
  void itIsNotPrinted() {
    MessageKey key = TestKeys.messageKeys().of(DEVICE);
    assertThat(key + " " + key.text()).isEqualTo("MessageKey[1] [redacted]");
  }

  private static VersionKeys made(int version) {
    TinkKeysets keysets = new TinkKeysets();
    return keysets.open(version, keysets.generate(version));
  }
}
