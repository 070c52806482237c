package io.towncrier.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
  private static final AtomicInteger GENERATORS = new AtomicInteger();

  private final RandomIds ids = new RandomIds();

  @Test
  void idsAreValidAndNeverTheSame() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String trace = ids.generateTraceId();
      String span = ids.generateSpanId();
      assertThat(TraceId.isValid(trace)).isTrue();
      assertThat(SpanId.isValid(span)).isTrue();
      assertThat(seen.add(trace)).isTrue();
      assertThat(seen.add(span)).isTrue();
    }
  }

  /** What is made before a snapshot must not decide the ids after it. */
  @Test
  void eachIdComesFromASecureGeneratorOfItsOwnTime() {
    Provider counting = new Counting();
    Security.insertProviderAt(counting, 1);
    try {
      GENERATORS.set(0);
      ids.generateSpanId();
      ids.generateSpanId();
      assertThat(GENERATORS).hasValue(2);
      ids.generateTraceId();
      assertThat(GENERATORS).hasValueGreaterThan(2);
    } finally {
      Security.removeProvider(counting.getName());
    }
  }

  private static final class Counting extends Provider {
    private static final long serialVersionUID = 1;

    Counting() {
      super("counting", "1", "counts generators");
      put("SecureRandom.counting", Sevens.class.getName());
    }
  }

  public static final class Sevens extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    public Sevens() {
      GENERATORS.incrementAndGet();
    }

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      java.util.Arrays.fill(bytes, (byte) 7);
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      return new byte[length];
    }
  }
}
