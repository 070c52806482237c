package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.language.LocalizedText;
import org.junit.jupiter.api.Test;

class TextVariablesTest {
  private static final TextVariables OF_A_DEVICE = new TextVariables("Archer $1", "1.0\\0");

  @Test
  void everyOccurrenceIsFilledAsItIs() {
    assertThat(
            OF_A_DEVICE.fill(
                new LocalizedText.Text("{product}", "{version} of {product}, {version}")))
        .isEqualTo(new LocalizedText.Text("Archer $1", "1.0\\0 of Archer $1, 1.0\\0"));
  }

  @Test
  void bracesThatNameNothingStay() {
    assertThat(OF_A_DEVICE.fill("{} {1} { product } {other}"))
        .isEqualTo("{} {1} { product } {other}");
  }

  @Test
  void whatStandsForNothingIsNamedOnce() {
    assertThat(TextVariables.unknownIn("{user} {product} {Version} {user} {}"))
        .containsExactly("user", "Version");
  }
}
