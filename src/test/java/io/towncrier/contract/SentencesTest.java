package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("zoneless")
class SentencesTest {
  private static final Sentences SENTENCES =
      Sentences.of(
          """
          /** A comment says "Nothing of this." */
          class Source {
            // And another one: "Nor of this."
            char quote = '"';
            String plain = "Send a \\"valid\\" credential.";
            String joined = "The log has it. "
                + "Send the request again.";
            String ofAValue = "The state is " + state.code() + ".";
            String formatted = String.format("The audience matches %,d devices.", devices);
            String mostlyValues = first + " is " + second;
            String last = "These releases refer to it: " + releases;
          }
          """);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Send a \"valid\" credential.",
        "The log has it. Send the request again.",
        "The state is installing.",
        "The audience matches 12,000 devices.",
        "These releases refer to it: a:1.0, b:2.0"
      })
  void whatStandsThereIsFound(String said) {
    assertThat(SENTENCES.have(said)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Nothing of this.",
        "Nor of this.",
        "Send a credential.",
        "The state was installing.",
        "This sentence is another one.",
        "The log has it."
      })
  void whatDoesNotIsNot(String said) {
    assertThat(SENTENCES.have(said)).isFalse();
  }
}
