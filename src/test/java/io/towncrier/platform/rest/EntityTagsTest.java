package io.towncrier.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.InputReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntityTagsTest {
  private record Answer(String title, Optional<String> next) {}

  @Test
  void aTagIsTheSameForTheSameAnswerAndAnotherForEveryOther() {
    String tag = EntityTags.of(new Answer("a", Optional.of("b")));
    assertThat(EntityTags.of(new Answer("a", Optional.of("b")))).isEqualTo(tag);
    assertThat(EntityTags.of(new Answer("a", Optional.empty()))).isNotEqualTo(tag);
    assertThat(EntityTags.of(new Answer("c", Optional.of("b")))).isNotEqualTo(tag);
    assertThat(tag).matches("[0-9a-f]{24}");
  }

  @Test
  void aListOfTagsNamesOneHoweverItIsWritten() {
    for (String known : new String[] {"\"a\"", "\"b\", \"a\"", "W/\"a\"", "\"b\",W/\"a\"", " * "}) {
      assertThat(EntityTags.names(known, "\"a\"")).as(known).isTrue();
    }
    for (String other : new String[] {"\"b\"", "a", "", "\"ab\"", null}) {
      assertThat(EntityTags.names(other, "\"a\"")).as(other).isFalse();
    }
  }

  @Test
  void aTagThatSaysMoreThanTheRevisionStillNamesIt() {
    for (String tag : new String[] {"\"7\"", "W/\"7\"", "\"7-0123456789abcdef01234567\""}) {
      InputReader input = new InputReader();
      assertThat(SeenRevision.optional(input, tag, (Integer) null)).as(tag).hasValue(7);
      assertThat(input.errorCount()).isZero();
    }
    InputReader input = new InputReader();
    SeenRevision.optional(input, "\"7-\"", (Integer) null);
    assertThat(input.errorCount()).isPositive();
  }
}
