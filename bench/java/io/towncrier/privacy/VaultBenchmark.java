package io.towncrier.privacy;

import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each push pays to the vault: one address of FCM's length opened, another one each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx256m")
public class VaultBenchmark {
  private static final int ADDRESSES = 1_000;
  private static final int LENGTH = 163;

  private final List<Sealed> sealed = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private Vault vault;
  private int next;

  @Setup
  public void prepare() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    vault =
        new AesGcmVault(
            new KeyRing(GivenConfig.in(Path.of("not-used")).withMasterKey(key), Secrets.PLAIN));
    for (int i = 0; i < ADDRESSES; i++) {
      places.add(new Place("device", "push_sealed", "dev_%026d".formatted(i)));
      sealed.add(vault.seal(new Secret("x".repeat(LENGTH)), places.get(i)));
    }
  }

  @Benchmark
  public Secret open() {
    next = next + 1 == ADDRESSES ? 0 : next + 1;
    return vault.open(sealed.get(next), places.get(next));
  }
}
