package io.towncrier.privacy;

import io.towncrier.delivery.phone.CanonicalForm;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.KeyVersionStore.Stored;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a warm read or write of a sealed value adds: an address of FCM's length opened, as each push
 * does, another one each time, and the MAC that each push carries; one sealed and hashed, as each
 * change of an address does, while one version of the keys lives and while two do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx256m")
public class VaultBenchmark {
  private static final int ADDRESSES = 1_000;
  private static final int LENGTH = 163;
  private static final Secret ADDRESS = new Secret("x".repeat(LENGTH));
  private static final byte[] FORM =
      CanonicalForm.of(
          Map.of("kind", "notice", "noticeId", "ntc_" + "0".repeat(26), "category", "security"),
          new LocalizedText.Text("t".repeat(40), "b".repeat(160)));

  /**
   * {@code first}: of the master key; {@code tink}: keysets; {@code two}: written by Tink, both
   * live.
   */
  @Param({"first", "tink", "two"})
  private String keys = "tink";

  private final List<Sealed> sealed = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private Vault vault;
  private BlindIndex index;
  private PhoneKeys phone;
  private int next;

  @Setup
  public void prepare() {
    TinkKeysets keysets = new TinkKeysets();
    VersionKeys first = FirstKeys.of(new byte[32]);
    VersionKeys second = keysets.open(2, keysets.generate(2));
    LiveKeys live =
        switch (keys) {
          case "first" -> live(first);
          case "tink" -> live(second);
          default -> live(second, first);
        };
    vault = new AesGcmVault(live);
    index = new BlindIndex(live);
    phone = new PhoneKeys(vault, new MessageKeys(live));
    for (int i = 0; i < ADDRESSES; i++) {
      places.add(new Place("device", "push_sealed", "dev_%026d".formatted(i)));
      sealed.add(vault.seal(ADDRESS, places.get(i)));
    }
  }

  @Benchmark
  public Secret open() {
    next = next + 1 == ADDRESSES ? 0 : next + 1;
    return vault.open(sealed.get(next), places.get(next));
  }

  @Benchmark
  public String mac() {
    next = next + 1 == ADDRESSES ? 0 : next + 1;
    return phone.mac(places.get(next).row(), FORM);
  }

  @Benchmark
  public Sealed seal() {
    next = next + 1 == ADDRESSES ? 0 : next + 1;
    return vault.seal(ADDRESS, places.get(next));
  }

  @Benchmark
  public Indexes hash() {
    return index.all("push-address/fcm", ADDRESS);
  }

  private static LiveKeys live(VersionKeys... all) {
    LiveKeys live = new LiveKeys(InstantSource.system());
    List<KeyVersion> versions = new ArrayList<>();
    for (VersionKeys one : all) {
      versions.add(
          new KeyVersion(
              one.version(),
              one == all[0] ? KeyVersion.Use.WRITTEN : KeyVersion.Use.FORMER,
              new byte[0],
              "bench"));
    }
    live.keep(new Stored(1, versions), List.of(all), Instant.EPOCH);
    return live;
  }
}
