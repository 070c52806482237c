package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.KeyVersionsInMemory;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.OpenKeys;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCheckTest {
  private static final Place PLACE = new Place("account", "subject_sealed", "acc_1");

  @TempDir Path dir;

  private final FakeStore store = new FakeStore();
  private LiveKeys live = new LiveKeys(() -> Instant.EPOCH);
  private Instant now = Instant.parse("2027-01-01T00:00:00Z");

  @Test
  void anEmptyDatabaseGetsAKeyAndKnowsItFromThenOn() {
    assertThat(verdict(file())).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(dir.resolve("master.key")).isRegularFile();
    assertThat(store.versions).extracting(KeyVersion::version).containsExactly(2);
    assertThat(store.checkValues).as("for a release without versions").containsOnlyKeys(2);

    assertThat(verdict(file())).as("the second start").isInstanceOf(KeyVerdict.Fits.class);
  }

  @Test
  void theValueThatIsKeptIsNotTheKey() throws IOException {
    verdict(file());
    byte[] key = Base64.getDecoder().decode(Files.readString(dir.resolve("master.key")));
    assertThat(store.checkValues.get(2)).isNotEqualTo(key);
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(store.versions.get(0).wrapped()))
        .hasSizeGreaterThan(400)
        .doesNotContain(hex.formatHex(key));
  }

  @Test
  void anotherKeyIsRefusedAndNamed() {
    verdict(given(1));
    assertThat(because(given(2)))
        .contains("TOWNCRIER_MASTER_KEY", "not the one that this database was made with");
    assertThat(verdict(given(1))).isInstanceOf(KeyVerdict.Fits.class);
  }

  @Test
  void aLostFileIsMissedAndNoneIsMadeInItsPlace() throws IOException {
    verdict(file());
    Files.delete(dir.resolve("master.key"));
    assertThat(because(file()))
        .contains(dir.resolve("master.key").toString(), "there is no master key");
    assertThat(dir.resolve("master.key")).doesNotExist();
  }

  @Test
  void noKeyIsMadeBesideDevicesOfTheTimeBeforeTheCheckValue() {
    store.keyed = true;
    assertThat(because(file())).contains("there is no master key");
    assertThat(dir).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "not base64 at all!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void aDamagedFileIsNamedAndLeftAsItIs(String content) throws IOException {
    verdict(file());
    Files.writeString(dir.resolve("master.key"), content);
    assertThat(because(file())).contains(dir.resolve("master.key").toString(), "is of no use");
    assertThat(dir.resolve("master.key")).hasContent(content);
  }

  @Test
  void aFolderInPlaceOfTheFileIsRefused() throws IOException {
    verdict(file());
    Files.delete(dir.resolve("master.key"));
    Files.createDirectory(dir.resolve("master.key"));
    assertThat(because(file())).contains("is of no use: it cannot be read");
  }

  @Test
  void whatWasSealedBeforeMustOpen() {
    store.keyed = true;
    store.oldest = Optional.of(sealedBy(given(1)));
    assertThat(because(given(2))).contains("not the one");
    assertThat(store.checkValues).as("nothing is written by the wrong one").isEmpty();

    assertThat(verdict(given(1))).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(because(given(2))).contains("not the one");
  }

  @Test
  void ofTwoThatStartAtOnceOneCounts() {
    store.beforeKeeping = () -> assertThat(verdict(given(7))).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(because(given(1))).contains("not the one");
    assertThat(verdict(given(7))).isInstanceOf(KeyVerdict.Fits.class);
  }

  @Test
  void aDatabaseOfBeforeGoesOnWithItsKeysUntilTheyAreRotated() {
    store.checkValues.put(1, given(1).checkValue());
    KeyCheck check = check(given(1));

    assertThat(check.run().await().indefinitely()).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(store.versions).extracting(KeyVersion::version).containsExactly(1);
    assertThat(live.written().mac("account-subject", "alice"))
        .isEqualTo(given(1).first().mac("account-subject", "alice"));
    assertThat(store.checkValues).as("the release before goes on beside it").containsOnlyKeys(1);
    assertThat(because(given(2))).contains("not the one");
  }

  @Test
  void keysThatWereCutInTheDatabaseAreRefusedAndLeftAsTheyAre() {
    verdict(given(1));
    KeyVersion whole = store.versions.get(0);
    byte[] cut = Arrays.copyOf(whole.wrapped(), whole.wrapped().length - 1);
    store.versions.set(0, new KeyVersion(2, whole.use(), cut, whole.wrappedBy()));

    assertThat(because(given(1))).contains("version 2 of the keys", "was cut or changed");
    assertThat(store.versions.get(0).wrapped()).isEqualTo(cut);
  }

  @Test
  void keysOfAnotherVersionDoNotOpenInThePlaceOfThisOne() {
    verdict(given(1));
    KeyVersion two = store.versions.get(0);
    store.versions.set(0, new KeyVersion(3, two.use(), two.wrapped(), two.wrappedBy()));
    assertThat(because(given(1))).contains("version 3 of the keys", "was cut or changed");
  }

  @Test
  void keysOfKmsAreRefusedWhereNobodyKnowsHowToAsk() {
    verdict(given(1));
    KeyVersion two = store.versions.get(0);
    store.versions.set(0, new KeyVersion(2, two.use(), two.wrapped(), "kms:arn:aws:kms:1"));
    assertThat(because(given(1))).contains("kms:arn:aws:kms:1", "TOWNCRIER_KMS_KEY");
  }

  @Test
  void theMasterKeyBeforeOpensWhatItHasWrapped() {
    verdict(given(1));
    String former = Base64.getEncoder().encodeToString(bytes(1));
    KeyRing next =
        new KeyRing(
            GivenConfig.in(dir)
                .withMasterKey(Base64.getEncoder().encodeToString(bytes(2)))
                .withFormerMasterKey(former),
            Secrets.PLAIN);
    assertThat(verdict(next)).isInstanceOf(KeyVerdict.Fits.class);
  }

  @Test
  void aKeyThatIsMadeBetweenTheTwoLooksIsTheOneThatIsThere() {
    store.beforeReading = () -> assertThat(verdict(file())).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(verdict(file())).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(store.versions).hasSize(1);
  }

  @Test
  void aKeyThatWasMadeForADatabaseThatAnotherProcessTookIsRemovedAgain() {
    store.beforeKeeping = () -> assertThat(verdict(given(7))).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(because(file())).contains("not the one");
    assertThat(dir.resolve("master.key")).doesNotExist();
  }

  @Test
  void aVersionThatThisProcessDoesNotKnowIsRefused() {
    store.checkValues.put(1, given(1).checkValue());
    store.checkValues.put(2, given(1).checkValue());
    assertThat(because(given(1))).contains("older than the database");
  }

  @Test
  void onceItFitsTheDatabaseIsAskedAgainAfterAMinute() {
    KeyCheck check = check(given(1));
    assertThat(check.fits()).isFalse();
    check.require().await().indefinitely();
    int reads = store.reads;
    check.require().await().indefinitely();
    assertThat(check.fits()).isTrue();
    assertThat(store.reads).isEqualTo(reads);

    now = now.plusSeconds(60);
    assertThat(check.fits()).isFalse();
    VersionKeys open = live.written();
    check.require().await().indefinitely();
    assertThat(store.reads).isEqualTo(reads + 1);
    assertThat(live.written()).as("nothing is unwrapped again").isSameAs(open);

    now = now.minusSeconds(3_600);
    assertThat(check.fits()).as("after the clock went back").isFalse();
  }

  @Test
  void aRefusalIsAProblemIsCountedAndIsLookedAtAgain() {
    verdict(given(1));
    KeyCheck check = check(given(2));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> check.require().await().indefinitely())
          .isInstanceOfSatisfying(
              ProblemException.class,
              told -> {
                assertThat(told.problem().code()).isEqualTo("wrong-master-key");
                assertThat(told.problem().status()).isEqualTo(503);
                assertThat(told.retryAfter()).isPresent();
              });
    }
    assertThat(check.refusals()).isEqualTo(3);
    store.versions.clear();
    store.checkValues.clear();
    assertThat(check.run().await().indefinitely()).isInstanceOf(KeyVerdict.Refused.class);
    now = now.plusSeconds(11);
    assertThat(check.run().await().indefinitely()).isInstanceOf(KeyVerdict.Fits.class);
  }

  @Test
  void aDatabaseThatIsAwaySaysNothingOfTheKey() {
    KeyCheck check = check(given(1));
    store.away = true;
    assertThatThrownBy(() -> check.run().await().indefinitely()).hasMessage("away");
    assertThat(check.fits()).isFalse();
    store.away = false;
    assertThat(check.run().await().indefinitely()).isInstanceOf(KeyVerdict.Fits.class);
  }

  private KeyVerdict verdict(KeyRing keys) {
    return check(keys).run().await().indefinitely();
  }

  private String because(KeyRing keys) {
    KeyVerdict verdict = verdict(keys);
    assertThat(verdict).isInstanceOf(KeyVerdict.Refused.class);
    return ((KeyVerdict.Refused) verdict).because();
  }

  private KeyCheck check(KeyRing keys) {
    InstantSource clock = () -> now;
    live = new LiveKeys(clock);
    OpenKeys open =
        new OpenKeys(store, List.of(new MasterKeyWrapping(keys)), new TinkKeysets(), live, clock);
    return new KeyCheck(keys, store, open, live, new NoTransactions(), clock);
  }

  private KeyRing file() {
    return new KeyRing(GivenConfig.in(dir), Secrets.PLAIN);
  }

  private KeyRing given(int fill) {
    return new KeyRing(
        GivenConfig.in(dir).withMasterKey(Base64.getEncoder().encodeToString(bytes(fill))),
        Secrets.PLAIN);
  }

  private static byte[] bytes(int fill) {
    byte[] key = new byte[32];
    key[0] = (byte) fill;
    return key;
  }

  private static KeyCheckStore.Sample sealedBy(KeyRing keys) {
    return new KeyCheckStore.Sample(
        new AesGcmVault(TestKeys.live(keys.first())).seal(new Secret("subject"), PLACE), PLACE);
  }

  private static final class NoTransactions implements Transactions {
    @Override
    public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
      return work.get();
    }

    @Override
    public <T> Uni<T> inLightTransaction(Supplier<Uni<T>> work) {
      return work.get();
    }
  }

  /** As it is, and away or slow when a test says so. */
  private static final class FakeStore extends KeyVersionsInMemory implements KeyCheckStore {
    private Optional<Sample> oldest = Optional.empty();
    private boolean keyed;
    private boolean away;
    private int reads;
    private Runnable beforeKeeping = () -> {};
    private Runnable beforeReading = () -> {};

    @Override
    public Uni<Stored> read() {
      reads++;
      return away ? Uni.createFrom().failure(new IllegalStateException("away")) : super.read();
    }

    @Override
    public Uni<Boolean> addFirst(KeyVersion first, byte[] checkValue) {
      Runnable before = beforeKeeping;
      beforeKeeping = () -> {};
      before.run();
      return super.addFirst(first, checkValue);
    }

    @Override
    public Uni<Known> known() {
      Runnable before = beforeReading;
      beforeReading = () -> {};
      before.run();
      return Uni.createFrom().item(new Known(checkValues, oldest, keyed || !checkValues.isEmpty()));
    }

    @Override
    public Uni<Boolean> keep(int version, byte[] value) {
      return Uni.createFrom().item(checkValues.putIfAbsent(version, value) == null);
    }
  }
}
