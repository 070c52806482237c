package io.towncrier.platform.rest.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.TowncrierConfig;
import io.towncrier.testing.Configs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportRoomTest {
  private static final long MIB = 1 << 20;

  private final TowncrierConfig config = Configs.of(TowncrierConfig.class, Map.of());

  @Test
  void aLargeHeapTakesTheDocumentedLimit() {
    ImportRoom room = new ImportRoom(() -> config, () -> 4096 * MIB);

    assertThat(room.bytes()).isEqualTo(32 * MIB);
    assertThat(room.tooLarge().detail()).contains("33554432").doesNotContain("heap");
  }

  @Test
  void aSmallHeapTakesLessAndSaysHowMuch() {
    ImportRoom room = new ImportRoom(() -> config, () -> 240 * MIB);

    assertThat(room.bytes()).isEqualTo(10 * MIB);
    assertThat(room.tooLarge().status()).isEqualTo(413);
    assertThat(room.tooLarge().detail()).contains("10485760", "-Xmx");
  }
}
