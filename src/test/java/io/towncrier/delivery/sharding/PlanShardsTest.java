package io.towncrier.delivery.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanShardsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "999, 1", "1000, 1", "1001, 2", "600000, 600"})
  void thereAreAsManyShardsAsItTakes(long due, int shards) {
    List<Shard> all = PlanShards.split("ntc_1", due, 1000, NOW);
    assertThat(all).hasSize(shards).doesNotHaveDuplicates();
    assertThat(all).allMatch(shard -> shard.of() == shards && shard.plannedAt().equals(NOW));
  }

  @Test
  void theyAreNumberedFromOne() {
    assertThat(PlanShards.split("ntc_1", 2500, 1000, NOW).stream().map(Shard::number))
        .containsExactly(1, 2, 3);
  }
}
