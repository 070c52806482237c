package io.towncrier.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.platform.FieldError;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnknownNamesTest {
  record Whole(String name, Part part, List<Part> parts, Map<String, Part> byName, Object any) {}

  record Part(int size, List<String> words) {}

  static final class Operations {
    private Operations() {}

    static String list(@QueryParam("state") String state, @QueryParam("after") String after) {
      return state + after;
    }
  }

  @Test
  void everyUnknownMemberIsNamedWithItsPlace() {
    assertThat(
            unknown(
                """
                {"nmae":"x","name":"x","part":{"size":1,"sizes":2},
                 "parts":[{"size":1},{"words":[],"word":"w"}],
                 "byName":{"whatever":{"siz":1}}}
                """))
        .containsExactlyInAnyOrder("nmae", "part.sizes", "parts[1].word", "byName.whatever.siz");
  }

  @Test
  void whatIsDeclaredAndWhatDeclaresNothingIsLetThrough() {
    assertThat(
            unknown(
                """
                {"name":null,"part":null,"parts":[],"byName":{},"any":{"anything":{"goes":1}}}
                """))
        .isEmpty();
    // A value of the wrong shape is told of by who reads it.
    assertThat(unknown("{\"part\":[{\"x\":1}],\"parts\":{\"x\":1},\"byName\":[{\"x\":1}]}"))
        .isEmpty();
    assertThat(unknown("[1]")).isEmpty();
    assertThat(unknown("")).isEmpty();
  }

  @Test
  void aMemberInOtherCaseOrWithAMarkIsAnother() {
    assertThat(unknown("{\"Name\":1,\"name \":1,\"n\u0430me\":1}"))
        .containsExactlyInAnyOrder("Name", "name ", "n\u0430me");
  }

  @Test
  void aCallerDecidesNeitherHowMuchIsAnsweredNorHowLongItIs() {
    StringBuilder body = new StringBuilder("{\"" + "x".repeat(5_000) + "\":1");
    for (int i = 0; i < 1_000; i++) {
      body.append(",\"y").append(i).append("\":1");
    }
    List<String> unknown = unknown(body.append('}').toString());
    assertThat(unknown).hasSize(100).allMatch(name -> name.length() <= 100);
  }

  @Test
  void aParameterMustBeDeclaredSaySomethingAndStandThereOnce() throws NoSuchMethodException {
    Map<String, List<String>> given =
        new TreeMap<>(
            Map.of(
                "sate", List.of("draft"),
                "State", List.of("draft"),
                "after", List.of(""),
                "state", List.of("draft", "done")));
    assertThat(
            UnknownNames.parameters(
                Operations.class.getDeclaredMethod("list", String.class, String.class), given))
        .containsExactly(
            new FieldError("State", "is not a known parameter"),
            new FieldError("after", "is empty: leave it out"),
            new FieldError("sate", "is not a known parameter"),
            new FieldError("state", "stands there twice"));
  }

  private static List<String> unknown(String body) {
    try {
      return UnknownNames.members(Whole.class, new ObjectMapper().readTree(body)).stream()
          .map(FieldError::field)
          .toList();
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
