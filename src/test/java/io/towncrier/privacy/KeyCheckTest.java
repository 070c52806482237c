package io.towncrier.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.Transactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
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
  private Instant now = Instant.parse("2027-01-01T00:00:00Z");

  @Test
  void anEmptyDatabaseGetsAKeyAndKnowsItFromThenOn() {
    assertThat(verdict(file())).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(dir.resolve("master.key")).isRegularFile();
    assertThat(store.values).containsOnlyKeys(KeyRing.VERSION);

    assertThat(verdict(file())).as("the second start").isInstanceOf(KeyVerdict.Fits.class);
  }

  @Test
  void theValueThatIsKeptIsNotTheKey() throws IOException {
    verdict(file());
    byte[] key = Base64.getDecoder().decode(Files.readString(dir.resolve("master.key")));
    assertThat(store.values.get(KeyRing.VERSION)).hasSize(32).isNotEqualTo(key);
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
    assertThat(store.values).as("nothing is written by the wrong one").isEmpty();

    assertThat(verdict(given(1))).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(because(given(2))).contains("not the one");
  }

  @Test
  void ofTwoThatStartAtOnceOneCounts() {
    store.beforeKeeping = () -> store.values.put(1, given(7).checkValue());
    assertThat(because(given(1))).contains("not the one");
    assertThat(store.values.get(1)).isEqualTo(given(7).checkValue());
  }

  @Test
  void aKeyThatIsMadeBetweenTheTwoLooksIsTheOneThatIsThere() {
    store.beforeReading = () -> assertThat(verdict(file())).isInstanceOf(KeyVerdict.Fits.class);
    assertThat(verdict(file())).isInstanceOf(KeyVerdict.Fits.class);
  }

  @Test
  void aKeyThatWasMadeForADatabaseThatAnotherProcessTookIsRemovedAgain() {
    store.beforeKeeping = () -> store.values.put(1, given(7).checkValue());
    assertThat(because(file())).contains("not the one");
    assertThat(dir.resolve("master.key")).doesNotExist();
  }

  @Test
  void aVersionThatThisProcessDoesNotKnowIsRefused() {
    verdict(given(1));
    store.values.put(2, given(1).checkValue());
    assertThat(because(given(1))).contains("older than the database");
  }

  @Test
  void onceItFitsTheDatabaseIsNotAskedAgain() {
    KeyCheck check = check(given(1));
    assertThat(check.fits()).isFalse();
    check.require().await().indefinitely();
    int reads = store.reads;
    check.require().await().indefinitely();
    assertThat(check.fits()).isTrue();
    assertThat(store.reads).isEqualTo(reads);
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
    store.values.put(1, given(2).checkValue());
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
    return new KeyCheck(keys, new AesGcmVault(keys), store, new NoTransactions(), clock);
  }

  private KeyRing file() {
    return new KeyRing(GivenConfig.in(dir), Secrets.PLAIN);
  }

  private KeyRing given(int fill) {
    byte[] key = new byte[32];
    key[0] = (byte) fill;
    return new KeyRing(
        GivenConfig.in(dir).withMasterKey(Base64.getEncoder().encodeToString(key)), Secrets.PLAIN);
  }

  private static KeyCheckStore.Sample sealedBy(KeyRing keys) {
    return new KeyCheckStore.Sample(
        new AesGcmVault(keys).seal(new Secret("subject"), PLACE), PLACE);
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

  private static final class FakeStore implements KeyCheckStore {
    private final Map<Integer, byte[]> values = new HashMap<>();
    private Optional<Sample> oldest = Optional.empty();
    private boolean keyed;
    private boolean away;
    private int reads;
    private Runnable beforeKeeping = () -> {};
    private Runnable beforeReading = () -> {};

    @Override
    public Uni<Known> read() {
      reads++;
      Runnable before = beforeReading;
      beforeReading = () -> {};
      before.run();
      return away
          ? Uni.createFrom().failure(new IllegalStateException("away"))
          : Uni.createFrom().item(new Known(values, oldest, keyed || !values.isEmpty()));
    }

    @Override
    public Uni<Boolean> keep(int version, byte[] value) {
      beforeKeeping.run();
      return Uni.createFrom().item(values.putIfAbsent(version, value) == null);
    }
  }
}
