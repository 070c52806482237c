package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.towncrier.platform.language.LanguageTag;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class InputReaderTest {
  private final InputReader input = new InputReader();

  @Test
  void everyDefectIsToldAtOnceAndInOrder() {
    input.text("version", null, 64);
    input.country("country", "XX");
    input.language("language", "klingon");
    input.optionalText("cohort", "12345", 4);
    input.reject("channel", "is not known");

    ProblemException refused = catchThrowableOfType(ProblemException.class, input::finish);

    assertThat(refused.problem().code()).isEqualTo("invalid-request");
    assertThat(refused.problem().status()).isEqualTo(400);
    assertThat(refused.problem().errors())
        .containsExactly(
            new FieldError("version", "is required"),
            new FieldError("country", "is not an assigned ISO 3166-1 alpha-2 code"),
            new FieldError("language", "is not a known BCP 47 language tag"),
            new FieldError("cohort", "must be at most 4 characters"),
            new FieldError("channel", "is not known"));
  }

  @Test
  void notMoreDefectsAreToldThanWanted() {
    input.reject("one", "is wrong");
    input.reject("two", "is wrong");
    input.reject("three", "is wrong");

    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> input.finish(2));

    assertThat(refused.problem().errors())
        .extracting(FieldError::field)
        .containsExactly("one", "two");
  }

  @Test
  void goodInputIsReadAndEndsWithoutAProblem() {
    assertThat(input.text("version", "1.0", 64)).isEqualTo("1.0");
    assertThat(input.country("country", "de")).contains(new CountryCode("DE"));
    assertThat(input.language("language", "DE")).contains(new LanguageTag("de"));
    assertThat(input.optionalText("cohort", "c", 64)).contains("c");
    assertThat(input.errors()).isEmpty();
    assertThatCode(input::finish).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullAndEmptySource
  void whatMayBeMissingIsNoDefectWhenItIs(String missing) {
    assertThat(input.country("country", missing)).isEmpty();
    assertThat(input.language("language", missing)).isEmpty();
    assertThat(input.optionalText("cohort", missing, 64)).isEmpty();
    assertThat(input.errors()).isEmpty();
  }

  @ParameterizedTest
  @NullAndEmptySource
  void whatMustBeThereIsADefectWhenItIsMissing(String missing) {
    assertThat(input.text("version", missing, 64)).isEmpty();
    assertThat(input.errors()).containsExactly(new FieldError("version", "is required"));
  }

  @Test
  void aRequiredTextThatIsWrongIsOneDefectAndNotTwo() {
    assertThat(input.text("version", "12345", 4)).isEmpty();
    assertThat(input.errors()).hasSize(1);
  }

  @Test
  void whatIsNoTextIsADefectWhereATextIsMeant() {
    assertThat(input.optionalText("cohort", InputReader.NO_TEXT, 64)).isEmpty();
    assertThat(input.errors()).containsExactly(new FieldError("cohort", "must be a text"));
  }

  @Test
  void theLongestTextIsAllowed() {
    assertThat(input.text("version", "1234", 4)).isEqualTo("1234");
    assertThat(input.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9F, 0x2028, 0x2029})
  void controlCharactersAreRefused(int character) {
    assertThat(input.optionalText("cohort", "a" + Character.toString(character) + "b", 64))
        .isEmpty();
    assertThat(input.errors()).extracting(FieldError::field).containsExactly("cohort");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069})
  void charactersThatChangeTheReadingDirectionAreRefused(int character) {
    assertThat(input.text("title", "exe" + Character.toString(character) + "gpj", 64)).isEmpty();
    assertThat(input.errors()).extracting(FieldError::field).containsExactly("title");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00b", "\udc00\ud800"})
  void halfACharacterIsRefused(String text) {
    assertThat(input.text("title", text, 64)).isEmpty();
    assertThat(input.errors()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"עברית", "日本語", "👩‍👩‍👧", "naïve", "a\u200fb", "\u00a0"})
  void textOfAnyLanguageIsAllowed(String text) {
    assertThat(input.text("title", text, 64)).isEqualTo(text);
    assertThat(input.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"country, \u202e", "language, <script>", "text, \u202d"})
  void theMessageDoesNotRepeatWhatWasSent(String field, String sent) {
    switch (field) {
      case "country" -> input.country(field, sent);
      case "language" -> input.language(field, sent);
      default -> input.text(field, sent, 64);
    }

    assertThat(input.errors()).hasSize(1);
    assertThat(input.errors().get(0).message()).doesNotContain(sent);
  }

  @Test
  void aValueThatIsNotUnderstoodIsADefectAndNoDefault() {
    Optional<Integer> parsed = input.parsed("n", "x", t -> Optional.empty(), "must be a number");

    assertThat(parsed).isEmpty();
    assertThat(input.errors()).containsExactly(new FieldError("n", "must be a number"));
  }
}
