package io.towncrier.notices.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.testing.Configs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryPlanTest {
  @Test
  void withoutPhonesOrATimeThereAreNone() {
    assertThat(of(Map.of())).isEmpty();
    assertThat(of(Map.of("devices", "a,b"))).isEmpty();
    assertThat(of(Map.of("every", "1h"))).isEmpty();
    assertThat(of(Map.of("every", "1h", "devices", " , "))).isEmpty();
    // What is not used is not judged either.
    assertThat(of(Map.of("every", "1s"))).isEmpty();
  }

  @Test
  void aPhoneThatIsNamedTwiceIsOne() {
    assertThat(of(Map.of("every", "5m", "devices", "b, a,b,")))
        .contains(new CanaryPlan(List.of("b", "a"), Duration.ofMinutes(5), Duration.ofMinutes(2)));
  }

  @Test
  void tenPhonesAreTheMost() {
    assertThat(of(Map.of("every", "5m", "devices", ids(10)))).isPresent();
    assertThatThrownBy(() -> of(Map.of("every", "5m", "devices", ids(11))))
        .hasMessageContaining("TOWNCRIER_CANARY_DEVICES");
  }

  @ParameterizedTest
  @CsvSource({
    "4m59s, 2m, TOWNCRIER_CANARY_EVERY",
    "0s, 2m, TOWNCRIER_CANARY_EVERY",
    "5m, 29s, TOWNCRIER_CANARY_WITHIN",
    "5m, 151s, TOWNCRIER_CANARY_WITHIN",
    "24h, 13h, TOWNCRIER_CANARY_WITHIN"
  })
  void whatCannotBeMeantIsTold(String every, String within, String setting) {
    assertThatThrownBy(() -> of(Map.of("every", every, "within", within, "devices", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(setting);
  }

  private static Optional<CanaryPlan> of(Map<String, String> settings) {
    Map<String, String> named = new HashMap<>();
    settings.forEach((name, value) -> named.put("towncrier.canary." + name, value));
    return CanaryPlan.of(Configs.of(CanaryConfig.class, named));
  }

  private static String ids(int many) {
    return IntStream.range(0, many).mapToObj(i -> "dev" + i).collect(Collectors.joining(","));
  }
}
