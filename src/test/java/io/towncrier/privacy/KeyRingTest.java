package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.Secrets;
import io.towncrier.privacy.keys.DerivedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  @TempDir Path dir;

  @Test
  void aKeyThatIsMadeIsAFileThatOnlyItsOwnerReads() throws IOException {
    Path file = dir.resolve("master.key");

    String derived = derivedIn(dir);

    assertThat(derived).hasSize(64);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Base64.getDecoder().decode(Files.readString(file))).hasSize(32);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void noUseMakesAKey() throws IOException {
    KeyRing keys = new KeyRing(GivenConfig.in(dir), Secrets.PLAIN);

    assertThatThrownBy(() -> keys.checkValue()).hasMessage("there is no master key");
    assertThat(keys.state()).isInstanceOf(KeyState.Missing.class);
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void theSameKeyIsReadAgainAndNotMadeAnew() throws IOException {
    String first = derivedIn(dir);
    String written = Files.readString(dir.resolve("master.key"));

    assertThat(derivedIn(dir)).isEqualTo(first);
    assertThat(dir.resolve("master.key")).hasContent(written);
  }

  @Test
  void everyDirectoryHasAKeyOfItsOwn() {
    assertThat(derivedIn(dir.resolve("a"))).isNotEqualTo(derivedIn(dir.resolve("b")));
  }

  @Test
  void thoseWhoStartAtOnceAgreeOnOneKey() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(() -> derivedIn(dir));
      }
      List<String> derived = new ArrayList<>();
      for (Future<String> start : threads.invokeAll(starts)) {
        derived.add(start.get());
      }

      assertThat(derived).hasSize(8).containsOnly(derived.get(0));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aConfiguredKeyNeedsNoFile() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    KeyRing keys = new KeyRing(GivenConfig.in(dir).withMasterKey(key), Secrets.PLAIN);

    assertThat(keys.checkValue()).hasSize(32);
    assertThat(dir).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 31, 33, 64})
  void aConfiguredKeyOfAnotherLengthIsRefused(int length) {
    String key = Base64.getEncoder().encodeToString(new byte[length]);
    KeyRing keys = new KeyRing(GivenConfig.in(dir).withMasterKey(key), Secrets.PLAIN);

    assertThatThrownBy(() -> keys.checkValue())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("32 bytes");
  }

  @Test
  void aConfiguredKeyThatIsNoBase64IsRefusedWithoutBeingRepeated() {
    KeyRing keys =
        new KeyRing(
            GivenConfig.in(dir).withMasterKey("correct horse battery staple"), Secrets.PLAIN);

    assertThatThrownBy(() -> keys.checkValue())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("32 bytes")
        .hasMessageNotContaining("horse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA"})
  void aDamagedKeyFileIsRefusedAndLeftAsItIs(String content) throws IOException {
    Path file = Files.writeString(dir.resolve("master.key"), content);
    KeyRing keys = new KeyRing(GivenConfig.in(dir), Secrets.PLAIN);

    assertThatThrownBy(() -> keys.checkValue()).isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent(content);
  }

  @Test
  void whereNoFileCanBeWrittenTheOperatorHearsWhatToDo() throws IOException {
    Path noDirectory = Files.writeString(dir.resolve("occupied"), "");
    KeyRing keys = new KeyRing(GivenConfig.in(noDirectory), Secrets.PLAIN);

    assertThatThrownBy(keys::makeIfMissing)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("TOWNCRIER_MASTER_KEY");
  }

  @Test
  void everyPurposeHasAKeyOfItsOwn() {
    DerivedKeys keys = new DerivedKeys(new byte[32]);

    assertThat(keys.aes("vault").getEncoded()).hasSize(32);
    assertThat(keys.aes("vault")).isSameAs(keys.aes("vault"));
    assertThat(keys.aes("vault")).isNotEqualTo(keys.aes("wrapping"));
    assertThat(keys.mac("one", "text")).isNotEqualTo(keys.mac("two", "text"));
    assertThat(keys.mac("one", "text")).isNotEqualTo(keys.mac("one", "other text"));
  }

  @Test
  void whatWasDerivedIsForgottenWithItsMasterKey() {
    KeyRing keys = made(dir);
    byte[] first = keys.checkValue();

    keys.unmake();
    assertThat(keys.state()).isInstanceOf(KeyState.Missing.class);
    assertThatThrownBy(keys::checkValue).hasMessage("there is no master key");
    keys.makeIfMissing();
    assertThat(keys.checkValue()).isNotEqualTo(first);
  }

  /** What databases hold was made with these: the derivation never changes. */
  @Test
  void theDerivationIsTheOneOfWhatIsStored() throws GeneralSecurityException {
    byte[] master = new byte[32];
    DerivedKeys keys = new DerivedKeys(master);

    assertThat(keys.mac("purpose", "text")).isEqualTo(hmac(hmac(master, "purpose"), "text"));
    assertThat(keys.aes("vault").getEncoded()).isEqualTo(hmac(hmac(master, "key/vault"), ""));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String derivedIn(Path dir) {
    return HexFormat.of().formatHex(made(dir).checkValue());
  }

  private static KeyRing made(Path dir) {
    KeyRing keys = new KeyRing(GivenConfig.in(dir), Secrets.PLAIN);
    keys.makeIfMissing();
    return keys;
  }
}
