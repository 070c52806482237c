package io.towncrier.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The phone half of the app's kit, in Node. What is proved stands in {@code
 * src/test/kit/phone.test.mjs}; {@code bench/phone-kit} runs a million sequences.
 */
class PhoneKitTest {
  private static final int SEQUENCES = 20_000;
  private static final int BROKEN_MACHINES = 13;

  @Test
  void noNoticeSoundsTwiceOrAgainstASwitchAndNoneIsLost() throws Exception {
    assumeTrue(hasNode(), "SKIPPED: the kit's phone half needs Node");
    Process proof =
        new ProcessBuilder("node", "src/test/kit/phone.test.mjs", Integer.toString(SEQUENCES))
            .redirectErrorStream(true)
            .start();
    String said = new String(proof.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(proof.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(proof.exitValue()).as(said).isZero();
    assertThat(said.lines()).allMatch(line -> line.startsWith("ok ")).hasSize(4 + BROKEN_MACHINES);
  }

  @Test
  void theKitStaysSmallAndImportsNothingButItself() throws IOException {
    int lines = 0;
    try (Stream<Path> kit = Files.list(Path.of("clients/app"))) {
      for (Path file : kit.toList()) {
        List<String> text = Files.readAllLines(file);
        lines += text.size();
        boolean isTest = file.toString().endsWith(".test.mjs");
        assertThat(text)
            .filteredOn(line -> line.matches("(import|export) .* from .*|.*require\\(.*"))
            .as(file.toString())
            .allMatch(line -> isTest || line.endsWith(" from './towncrier.js';"));
      }
    }
    assertThat(lines).isLessThanOrEqualTo(1_200);
  }

  static boolean hasNode() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
