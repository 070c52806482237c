package io.towncrier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final List<Fault.Kind> ALL = List.of(Fault.Kind.values());
  private static final Duration ROUND = Duration.ofMinutes(3);

  @Test
  void aSeedRepeatsTheSameFaults() {
    assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
  }

  @Test
  void noTwoFaultsAreOfOneThingAndAllEndWithTheirRound() {
    for (int seed = 0; seed < 200; seed++) {
      Map<Fault.Target, Duration> busy = new EnumMap<>(Fault.Target.class);
      for (Fault fault : drawn(seed)) {
        Duration before = busy.getOrDefault(fault.kind().target, Duration.ZERO);
        assertThat(fault.from()).isGreaterThanOrEqualTo(before);
        assertThat(fault.until()).isLessThanOrEqualTo(ROUND);
        busy.put(fault.kind().target, fault.until());
      }
    }
  }

  @Test
  void everyKindComesUp() {
    Set<Fault.Kind> seen = EnumSet.noneOf(Fault.Kind.class);
    for (int seed = 0; seed < 20; seed++) {
      drawn(seed).forEach(fault -> seen.add(fault.kind()));
    }
    assertThat(seen).containsAll(ALL);
  }

  private static List<Fault> drawn(int seed) {
    return Fault.draw(new Random(seed), ALL, 0, 25, ROUND);
  }
}
